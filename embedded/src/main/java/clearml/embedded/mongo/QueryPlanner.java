package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Collation;
import clearml.embedded.mongo.language.SortOrder;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the index with the fewest documents to look at, or one that has them in the wanted order. */
final class QueryPlanner {

    private static final int COMPARED = 4;
    private static final int COUNT_LIMIT = 2_000;
    private static final int FEW = 200;
    private static final int MAX_MERGED = 32;

    private final List<CollectionIndex> indexes;

    QueryPlanner(List<CollectionIndex> indexes) {
        this.indexes = indexes;
    }

    /** The best scan for a filter, null when none leaves anything out. */
    @Nullable
    IndexScan scan(Document filter, Collation collation) {
        Constraints constraints = Constraints.of(filter);
        if (constraints.isEmpty()) {
            return null;
        }
        List<IndexScan> scans = new ArrayList<>();
        for (CollectionIndex index : indexes) {
            if (index.spec().partialFilter() == null && !index.spec().text()) {
                IndexScan scan =
                        IndexScan.of(index, constraints, index.collation().equals(collation));
                if (scan.selective()) {
                    scans.add(scan);
                }
            }
        }
        scans.sort(Comparator.comparingInt((IndexScan s) -> -2 * s.points().size() - (s.range() == null ? 0 : 1)));
        return withFewest(undominated(scans));
    }

    /** Without those that constrain nothing but what one before them constrains too: they have no fewer entries. */
    private static List<IndexScan> undominated(List<IndexScan> scans) {
        List<IndexScan> left = new ArrayList<>();
        for (IndexScan scan : scans) {
            if (left.size() < COMPARED && left.stream().noneMatch(other -> other.constrainsAllOf(scan))) {
                left.add(scan);
            }
        }
        return left;
    }

    private static @Nullable IndexScan withFewest(List<IndexScan> scans) {
        if (scans.size() == 1) {
            return scans.get(0);
        }
        IndexScan best = null;
        int fewest = COUNT_LIMIT;
        for (IndexScan scan : scans) {
            int count = scan.count(fewest);
            if (best == null || count < fewest) {
                best = scan;
                fewest = count;
            }
        }
        return best;
    }

    /** One scan for each branch of a filter's {@code $or}, null when some branch has none. */
    @Nullable
    List<IndexScan> branches(Document filter, Collation collation) {
        if (!(filter.get("$or") instanceof List<?> branches)) {
            return null;
        }
        List<IndexScan> scans = new ArrayList<>();
        for (Object branch : branches) {
            IndexScan scan = branch instanceof Document d ? scan(d, collation) : null;
            if (scan == null) {
                return null;
            }
            scans.add(scan);
        }
        return scans;
    }

    /** A scan that yields the documents in order, for when only the first {@code wanted} are needed. */
    @Nullable
    SortedScan sorted(
            Document filter, SortOrder order, int wanted, Collation collation, @Nullable IndexScan otherwise) {
        if (order.empty() || wanted <= 0 || otherwise != null && otherwise.count(FEW + wanted) < FEW + wanted) {
            return null;
        }
        Constraints constraints = Constraints.of(filter);
        SortedScan best = null;
        for (CollectionIndex index : indexes) {
            SortedScan scan = sorted(index, constraints, order, collation);
            if (scan != null && (best == null || better(scan, best))) {
                best = scan;
            }
        }
        return best;
    }

    private static boolean better(SortedScan a, SortedScan b) {
        int points = a.scan().points().size();
        int others = b.scan().points().size();
        return points != others ? points > others : a.covered() > b.covered();
    }

    private static @Nullable SortedScan sorted(
            CollectionIndex index, Constraints constraints, SortOrder order, Collation collation) {
        if (!index.complete() || !index.collation().equals(collation)) {
            return null;
        }
        IndexScan scan = IndexScan.of(index, constraints, true);
        if (scan.size() > MAX_MERGED) {
            return null;
        }
        boolean ascending = order.fields().get(0).ascending();
        int covered = 0;
        for (SortOrder.Field field : order.fields()) {
            int at = scan.points().size() + covered;
            if (field.score()
                    || at >= index.paths().size()
                    || !index.paths().get(at).text().equals(field.path().text())
                    || index.multikey(at)
                    || field.ascending() != ascending) {
                break;
            }
            covered++;
        }
        return covered == 0 ? null : new SortedScan(scan, covered, ascending);
    }

    /** A scan whose entries behind its points are in the order of the first {@code covered} sort fields. */
    record SortedScan(IndexScan scan, int covered, boolean ascending) {}
}
