package clearml.embedded.mongo;

import clearml.embedded.mongo.QueryPlanner.SortedScan;
import clearml.embedded.mongo.language.Filter;
import clearml.embedded.mongo.language.Pipeline;
import clearml.embedded.mongo.language.SortOrder;
import clearml.embedded.mongo.language.TimeLimit;
import clearml.embedded.mongo.language.Values;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs queries on a collection. Takes no lock: a document is seen as it was at one moment during the query. */
final class CollectionReader {

    private static final Object[] UNSORTED = {};
    private static final Comparator<StoredDocument> NATURAL = Comparator.comparingLong(StoredDocument::recordId);

    private final StoredCollection collection;

    CollectionReader(StoredCollection collection) {
        this.collection = collection;
    }

    /** The documents, ordered and cut as the query says. */
    List<Match> find(Query query) {
        Filter filter = compile(query);
        SortOrder order = query.order().scoredBy(filter);
        Excerpt excerpt = excerpt(query, filter, order);
        int wanted = query.limit() == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (long) query.skip() + query.limit());
        QueryPlanner planner = collection.planner();
        IndexScan scan = byId(query) ? null : planner.scan(query.filter(), query.collation());
        SortedScan sorted = byId(query) ? null : planner.sorted(query.filter(), order, wanted, query.collation(), scan);
        List<Match> found = sorted != null
                ? inOrder(sorted, filter, order, excerpt, wanted)
                : matching(candidates(query, scan), filter, order, excerpt, order.empty() ? wanted : 0);
        TimeLimit.current().check();
        if (!order.empty()) {
            found.sort((a, b) -> order.compare(a.sortKeys(), b.sortKeys()));
        }
        return cut(found, query.skip(), query.limit());
    }

    /**
     * The documents as a pipeline reads them. A document's values are looked up once for the query and the pipeline
     * together where all of them are kept: most of the time of going over thousands of documents is waiting for memory,
     * of which as little as possible is used for the same reason.
     */
    Stream<Document> excerpts(Query query, Pipeline pipeline) {
        Filter filter = compile(query);
        Set<String> fields = pipeline.fields();
        Set<String> both = together(filter.fields(), fields);
        if (both == null || !query.plain() || byId(query) || !keeps(both)) {
            Excerpt excerpt = Excerpt.of(fields, collection.kept());
            return find(query).stream().map(match -> excerpt.of(match.version()));
        }
        IndexScan scan = collection.planner().scan(query.filter(), query.collation());
        Excerpt excerpt = Excerpt.of(both, collection.kept());
        boolean passing = pipeline.takesOneByOne();
        TimeLimit limit = TimeLimit.current();
        return candidates(query, scan).stream().mapMulti((candidate, found) -> {
            limit.step();
            StoredDocument.Version version = candidate.version();
            if (version != null) {
                Document document = passing ? excerpt.passing(version) : excerpt.of(version);
                if (filter.test(document)) {
                    found.accept(document);
                }
            }
        });
    }

    private static @Nullable Set<String> together(@Nullable Set<String> some, @Nullable Set<String> others) {
        if (some == null || others == null) {
            return null;
        }
        Set<String> both = new HashSet<>(some);
        both.addAll(others);
        return both;
    }

    private boolean keeps(Set<String> fields) {
        return collection.kept().positions(fields) != null;
    }

    /** The number of documents. */
    int count(Query query) {
        if (query.filter().isEmpty()) {
            int all = Math.max(0, collection.size() - query.skip());
            return query.limit() == 0 ? all : Math.min(all, query.limit());
        }
        return find(query).size();
    }

    /** What the query would do, in words. */
    String explain(Query query) {
        if (byId(query)) {
            return "IDHACK";
        }
        int wanted = query.limit() == 0 ? 0 : query.skip() + query.limit();
        QueryPlanner planner = collection.planner();
        IndexScan scan = planner.scan(query.filter(), query.collation());
        SortedScan sorted = planner.sorted(query.filter(), query.order(), wanted, query.collation(), scan);
        if (sorted != null) {
            return "IXSCAN " + sorted.scan().index().spec().name() + " SORTED";
        }
        if (scan != null) {
            return "IXSCAN " + scan.index().spec().name();
        }
        return planner.branches(query.filter(), query.collation()) != null ? "OR" : "COLLSCAN";
    }

    Filter compile(Query query) {
        return Filter.of(query.filter(), query.collation(), collection.textFields());
    }

    private Excerpt excerpt(Query query, Filter filter, SortOrder order) {
        Set<String> used = filter.fields();
        Set<String> fields = used == null ? null : new HashSet<>(used);
        if (fields != null) {
            fields.addAll(order.topFields());
        }
        return byId(query) ? Excerpt.ofFew(fields, collection.kept()) : Excerpt.of(fields, collection.kept());
    }

    private static boolean byId(Query query) {
        Object id = query.filter().getOrDefault("_id", Values.MISSING);
        boolean operators = id instanceof Document d
                && !d.isEmpty()
                && !(d.size() == 1 && (d.containsKey("$eq") || d.containsKey("$in")))
                && d.keySet().iterator().next().startsWith("$");
        return id != Values.MISSING
                && query.collation().simple()
                && !operators
                && !(id instanceof BsonRegularExpression)
                && (!(id instanceof Document d)
                        || !(d.get("$in") instanceof List<?> l)
                        || l.stream().noneMatch(BsonRegularExpression.class::isInstance));
    }

    private Collection<StoredDocument> candidates(Query query, @Nullable IndexScan scan) {
        if (byId(query)) {
            return identified(query.filter().get("_id"));
        }
        List<IndexScan> scans =
                scan != null ? List.of(scan) : collection.planner().branches(query.filter(), query.collation());
        if (scans == null) {
            return query.backwards()
                    ? collection.documents().descendingMap().values()
                    : collection.documents().values();
        }
        List<StoredDocument> found = new ArrayList<>();
        for (IndexScan each : scans) {
            for (IndexScan.Interval interval : each.intervals()) {
                for (IndexKey entry : each.index().range(interval.from(), interval.to())) {
                    if (entry.document() != null) {
                        found.add(entry.document());
                    }
                }
            }
        }
        return natural(found, query.backwards());
    }

    /** In the order in which they were put into the collection, each once. */
    private static List<StoredDocument> natural(List<StoredDocument> found, boolean backwards) {
        found.sort(backwards ? NATURAL.reversed() : NATURAL);
        List<StoredDocument> once = new ArrayList<>(found.size());
        StoredDocument last = null;
        for (StoredDocument document : found) {
            if (document != last) {
                once.add(document);
                last = document;
            }
        }
        return once;
    }

    private Collection<StoredDocument> identified(@Nullable Object condition) {
        List<?> ids = Collections.singletonList(condition);
        if (condition instanceof Document d && d.containsKey("$eq")) {
            ids = Collections.singletonList(d.get("$eq"));
        } else if (condition instanceof Document d && d.get("$in") instanceof List<?> l) {
            ids = l;
        }
        List<StoredDocument> found = new ArrayList<>(ids.size());
        for (Object id : ids) {
            StoredDocument document = collection.byId(id);
            if (document != null) {
                found.add(document);
            }
        }
        return natural(found, false);
    }

    private static List<Match> matching(
            Collection<StoredDocument> candidates, Filter filter, SortOrder order, Excerpt excerpt, int enough) {
        List<Match> found = new ArrayList<>();
        TimeLimit limit = TimeLimit.current();
        for (StoredDocument candidate : candidates) {
            limit.step();
            Match match = match(candidate, filter, order, excerpt);
            if (match != null) {
                found.add(match);
                if (found.size() == enough) {
                    break;
                }
            }
        }
        return found;
    }

    private static @Nullable Match match(StoredDocument candidate, Filter filter, SortOrder order, Excerpt excerpt) {
        StoredDocument.Version version = candidate.version();
        if (version == null) {
            return null;
        }
        if (filter.empty() && order.empty()) {
            return new Match(candidate, version, UNSORTED);
        }
        Document document = excerpt.passing(version);
        if (!filter.test(document)) {
            return null;
        }
        return new Match(candidate, version, order.empty() ? UNSORTED : order.keys(document));
    }

    private static List<Match> inOrder(SortedScan sorted, Filter filter, SortOrder order, Excerpt excerpt, int wanted) {
        List<Match> found = new ArrayList<>();
        Set<StoredDocument> seen = new HashSet<>();
        for (IndexScan.Interval interval : sorted.scan().intervals()) {
            found.addAll(inOrder(sorted, interval, filter, order, excerpt, wanted, seen));
        }
        return found;
    }

    /** The first {@code wanted} matches of an interval, and those that sort like the last of them so far. */
    private static List<Match> inOrder(
            SortedScan sorted,
            IndexScan.Interval interval,
            Filter filter,
            SortOrder order,
            Excerpt excerpt,
            int wanted,
            Set<StoredDocument> seen) {
        List<Match> found = new ArrayList<>();
        NavigableSet<IndexKey> range = sorted.scan().index().range(interval.from(), interval.to());
        IndexKey last = null;
        TimeLimit limit = TimeLimit.current();
        Iterator<IndexKey> entries = sorted.ascending() ? range.iterator() : new Backwards(range);
        while (entries.hasNext()) {
            IndexKey entry = entries.next();
            if (found.size() >= wanted && last != null && !ties(sorted, entry, last)) {
                break;
            }
            limit.step();
            StoredDocument document = entry.document();
            Match match = document == null || !seen.add(document) ? null : match(document, filter, order, excerpt);
            if (match != null) {
                found.add(match);
                last = entry;
            }
        }
        return found;
    }

    private static boolean ties(SortedScan sorted, IndexKey a, IndexKey b) {
        int from = sorted.scan().points().size();
        for (int i = from; i < from + sorted.covered(); i++) {
            if (!Values.equal(
                    a.values()[i], b.values()[i], sorted.scan().index().collation())) {
                return false;
            }
        }
        return true;
    }

    private static List<Match> cut(List<Match> found, int skip, int limit) {
        if (skip == 0 && (limit == 0 || limit >= found.size())) {
            return found;
        }
        int from = Math.min(skip, found.size());
        int to = limit == 0 ? found.size() : (int) Math.min(found.size(), (long) from + limit);
        return found.subList(from, to);
    }
}
