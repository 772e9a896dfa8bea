package clearml.apiserver.models;

import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.query.KeyEscaping;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds to and takes from the metadata of a model. */
@Component
class ModelMetadata {

    /** One entry. */
    record Item(
            @Nullable String key,
            @Nullable String type,
            @Nullable String value) {}

    record Change(
            @Field(required = true) String model,
            @Field(minItems = 1) List<Item> metadata,
            @Nullable Boolean replaceMetadata) {}

    record Removal(
            @Field(required = true) String model,
            @Field(minItems = 1) List<String> keys) {}

    private final ModelStore store;

    ModelMetadata(ModelStore store) {
        this.store = store;
    }

    void change(Change request, Caller caller) {
        Map<String, Document> items = new LinkedHashMap<>();
        for (Item item : request.metadata()) {
            String key = item.key() == null ? "" : item.key();
            items.put(KeyEscaping.escape(key), ModelFields.metadataItem(key, item.type(), item.value()));
        }
        List<Bson> changes = new ArrayList<>();
        if (Boolean.TRUE.equals(request.replaceMetadata())) {
            changes.add(Updates.set("metadata", new Document(items)));
        } else {
            items.forEach((key, item) -> changes.add(Updates.set("metadata." + key, item)));
        }
        write(request.model(), changes, caller);
    }

    void remove(Removal request, Caller caller) {
        List<Bson> changes = new ArrayList<>();
        request.keys().stream()
                .map(KeyEscaping::escape)
                .distinct()
                .forEach(key -> changes.add(Updates.unset("metadata." + key)));
        write(request.model(), changes, caller);
    }

    private void write(String model, List<Bson> changes, Caller caller) {
        changes.add(Updates.set("last_update", new Date()));
        store.change(model, caller, changes.toArray(Bson[]::new));
    }
}
