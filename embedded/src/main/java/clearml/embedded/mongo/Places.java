package clearml.embedded.mongo;

import java.util.Arrays;

/** Goes over the bytes of elements. */
final class Places {

    private final Run[] runs;
    private int run;
    private int at;

    Places(Run[] runs) {
        this.runs = runs;
        at = runs.length == 0 ? 0 : runs[0].from();
    }

    /** Over how many elements, up to so many, both go that are the same byte by byte. */
    int same(Places other, int most) {
        int same = 0;
        while (same < most) {
            Run mine = runs[run];
            Run theirs = other.runs[other.run];
            if (mine.equals(theirs) && at == mine.from() && other.at == theirs.from()) {
                same += mine.count();
                pass(mine.to());
                other.pass(theirs.to());
                continue;
            }
            byte[] a = mine.chunk().bytes();
            byte[] b = theirs.chunk().bytes();
            int endA = Run.next(a, at);
            int endB = Run.next(b, other.at);
            if (!Arrays.equals(a, at, endA, b, other.at, endB)) {
                return same;
            }
            same++;
            pass(endA);
            other.pass(endB);
        }
        return same;
    }

    private void pass(int end) {
        at = end;
        if (at == runs[run].to() && ++run < runs.length) {
            at = runs[run].from();
        }
    }
}
