package clearml.apiserver.queues;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Making, changing and deleting queues. */
@ApiController
class QueueEditApi {

    private final QueueEditing editing;
    private final QueueContent content;

    QueueEditApi(QueueEditing editing, QueueContent content) {
        this.editing = editing;
        this.content = content;
    }

    record Create(
            @Field(required = true) String name,
            @Nullable String displayName,
            List<String> tags,
            List<String> systemTags,
            Map<String, QueueEditing.@Nullable Item> metadata) {}

    record Update(
            @Field(required = true) String queue,
            @Nullable String name,
            @Nullable String displayName,
            List<String> tags,
            List<String> systemTags,
            Map<String, QueueEditing.@Nullable Item> metadata) {}

    record Delete(@Field(required = true) String queue, boolean force) {}

    record SetMetadata(
            @Field(minItems = 1) List<QueueEditing.Item> metadata,
            @Field(required = true) String queue,
            boolean replaceMetadata) {}

    record DeleteMetadata(
            @Field(minItems = 1) List<String> keys,
            @Field(required = true) String queue) {}

    /** A new, empty queue: {@code {"id"}}. */
    @ApiCall(value = "queues.create", since = "2.4")
    Map<String, Object> create(Create request, Caller caller) {
        return Map.of(
                "id",
                editing.create(
                        request.name(),
                        request.displayName(),
                        request.tags(),
                        request.systemTags(),
                        request.metadata(),
                        caller.company()));
    }

    /** Changes what is given: {@code {"updated", "fields"}}. */
    @ApiCall(value = "queues.update", since = "2.4")
    Map<String, Object> update(Update request, CallBody body, Caller caller, ApiVersion version) {
        Map<String, @Nullable Object> given = body.fields();
        Map<String, Object> fields = editing.update(
                request.queue(),
                request.name(),
                request.displayName(),
                given.get("tags") == null ? null : request.tags(),
                given.get("system_tags") == null ? null : request.systemTags(),
                given.get("metadata") == null ? null : request.metadata(),
                caller.company());
        if (version.before("2.17") && fields.containsKey("metadata")) {
            fields.put("metadata", List.of());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("updated", fields.isEmpty() ? 0 : 1);
        answer.put("fields", fields);
        return answer;
    }

    /** Deletes a queue: {@code {"deleted": 1}}; 400/701, 400/702 when it is not empty and {@code force} is not set. */
    @ApiCall(value = "queues.delete", since = "2.4")
    Map<String, Object> delete(Delete request, Caller caller) {
        content.delete(request.queue(), request.force(), caller);
        return Map.of("deleted", 1);
    }

    /** Sets items of the metadata: {@code {"updated": 1}}. */
    @ApiCall(value = "queues.add_or_update_metadata", since = "2.13")
    Map<String, Object> setMetadata(SetMetadata request, Caller caller) {
        editing.setMetadata(request.queue(), request.metadata(), request.replaceMetadata(), caller.company());
        return Map.of("updated", 1);
    }

    /** Removes items of the metadata: {@code {"updated": 1}}. */
    @ApiCall(value = "queues.delete_metadata", since = "2.13")
    Map<String, Object> deleteMetadata(DeleteMetadata request, Caller caller) {
        editing.deleteMetadata(request.queue(), request.keys(), caller.company());
        return Map.of("updated", 1);
    }
}
