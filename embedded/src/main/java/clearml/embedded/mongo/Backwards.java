package clearml.embedded.mongo;

import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an index from the last to the first. The skip list looks for each entry anew on its way back, so only
 * the first few are taken so, which is all that a page needs; who wants more gets the others read forwards at once.
 */
final class Backwards implements Iterator<IndexKey> {

    private static final int FEW = 128;

    private final NavigableSet<IndexKey> range;
    private final Iterator<IndexKey> few;
    private @Nullable ListIterator<IndexKey> others;
    private @Nullable IndexKey last;
    private int taken;

    Backwards(NavigableSet<IndexKey> range) {
        this.range = range;
        this.few = range.descendingIterator();
    }

    @Override
    public boolean hasNext() {
        if (others == null && taken == FEW && last != null) {
            List<IndexKey> before = List.copyOf(range.headSet(last, false));
            others = before.listIterator(before.size());
        }
        return others == null ? few.hasNext() : others.hasPrevious();
    }

    @Override
    public IndexKey next() {
        if (hasNext() && others != null) {
            return others.previous();
        }
        IndexKey entry = few.next();
        last = entry;
        taken++;
        return entry;
    }
}
