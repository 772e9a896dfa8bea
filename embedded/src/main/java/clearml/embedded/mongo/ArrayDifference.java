package clearml.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements that two versions of a long array of documents do not share. Some may be in both all the same. */
record ArrayDifference(List<Document> gone, List<Document> added) {

    /** Null when it cannot be told by the chunks, or other things than documents are in the arrays. */
    static @Nullable ArrayDifference of(ChunkedArray before, ChunkedArray after) {
        Map<Chunk, Run> old = byChunk(before);
        Map<Chunk, Run> changed = byChunk(after);
        if (old == null || changed == null) {
            return null;
        }
        List<Document> gone = documents(outside(before, changed));
        List<Document> added = documents(outside(after, old));
        return gone == null || added == null ? null : new ArrayDifference(gone, added);
    }

    private static @Nullable Map<Chunk, Run> byChunk(ChunkedArray array) {
        Map<Chunk, Run> byChunk = new IdentityHashMap<>();
        for (Run run : array.runs()) {
            if (byChunk.put(run.chunk(), run) != null) {
                return null;
            }
        }
        return byChunk;
    }

    /** The parts of an array that are not in the runs. */
    private static List<Run> outside(ChunkedArray array, Map<Chunk, Run> runs) {
        List<Run> outside = new ArrayList<>();
        for (Run run : array.runs()) {
            Run other = runs.get(run.chunk());
            if (other == null) {
                outside.add(run);
            } else {
                part(run, run.from(), Math.min(run.to(), other.from()), outside);
                part(run, Math.max(run.from(), other.to()), run.to(), outside);
            }
        }
        return outside;
    }

    private static void part(Run run, int from, int to, List<Run> parts) {
        if (from < to) {
            parts.add(new Run(run.chunk(), from, to, 0));
        }
    }

    private static @Nullable List<Document> documents(List<Run> parts) {
        List<Document> documents = new ArrayList<>();
        for (Run part : parts) {
            byte[] bytes = part.chunk().bytes();
            for (int at = part.from(); at < part.to(); at = Run.next(bytes, at)) {
                if (!(BsonReader.value(bytes, bytes[at], at + 1) instanceof Document document)) {
                    return null;
                }
                documents.add(document);
            }
        }
        return documents;
    }
}
