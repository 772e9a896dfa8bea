package clearml.apiserver.tasks;

import clearml.apiserver.call.Caller;
import clearml.apiserver.query.MongoValues;
import clearml.apiserver.tasks.GatedChanges.Gate;
import com.mongodb.client.model.Updates;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Artifacts by the hash of their key and their mode. */
@Component
class ArtifactChanges {

    private final GatedChanges changes;

    ArtifactChanges(GatedChanges changes) {
        this.changes = changes;
    }

    long put(ContentApi.AddArtifacts request, Caller caller) {
        Map<String, Document> artifacts = new LinkedHashMap<>();
        for (ContentApi.Artifact given : request.artifacts()) {
            artifacts.put(path(given.key(), given.mode()), stored(given));
        }
        List<Bson> updates = GatedChanges.work(caller, new Date());
        artifacts.forEach((path, artifact) -> updates.add(Updates.set(path, artifact)));
        return changes.apply(request.task(), caller, Gate.UNFINISHED, updates);
    }

    long delete(ContentApi.DeleteArtifacts request, Caller caller) {
        Set<String> paths = new LinkedHashSet<>();
        request.artifacts().forEach(artifact -> paths.add(path(artifact.key(), artifact.mode())));
        List<Bson> updates = GatedChanges.work(caller, new Date());
        paths.forEach(path -> updates.add(Updates.unset(path)));
        return changes.apply(request.task(), caller, Gate.UNFINISHED, updates);
    }

    private static String path(String key, ContentApi.@Nullable Direction mode) {
        return "execution.artifacts." + Shapes.artifactId(key, text(mode));
    }

    private static String text(ContentApi.@Nullable Direction mode) {
        return mode == null ? Artifacts.OUTPUT : mode.name().toLowerCase(Locale.ROOT);
    }

    private static Document stored(ContentApi.Artifact given) {
        Document artifact =
                new Document("key", given.key()).append("type", given.type()).append("mode", text(given.mode()));
        Items.putIfGiven(artifact, "uri", given.uri());
        Items.putIfGiven(artifact, "hash", given.hash());
        Items.putIfGiven(artifact, "content_size", given.contentSize());
        Items.putIfGiven(artifact, "timestamp", given.timestamp());
        Items.putIfGiven(artifact, "type_data", typeData(given.typeData()));
        Items.putIfGiven(artifact, "display_data", MongoValues.of(Artifacts.sorted(given.displayData())));
        return artifact;
    }

    private static @Nullable Document typeData(ContentApi.@Nullable TypeData given) {
        if (given == null) {
            return null;
        }
        Document data = new Document();
        Items.putIfGiven(data, "preview", given.preview());
        Items.putIfGiven(data, "content_type", given.contentType());
        Items.putIfGiven(data, "data_hash", given.dataHash());
        return data;
    }
}
