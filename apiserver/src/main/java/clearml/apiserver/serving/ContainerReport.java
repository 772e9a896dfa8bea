package clearml.apiserver.serving;

import clearml.apiserver.call.Field;
import clearml.apiserver.workers.MachineStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container tells of itself.
 *
 * @param endpointUrl where it serves; null or empty while it loads
 * @param uptimeSec in s
 * @param requestsNum taken since its start
 * @param requestsMin requests per minute
 * @param latencyMs of a request, in ms
 */
record ContainerReport(
        @Field(required = true) String containerId,
        @Field(required = true) String endpointName,
        @Nullable String endpointUrl,
        @Field(required = true) String modelName,
        @Nullable String modelSource,
        @Nullable String modelVersion,
        @Nullable String preprocessArtifact,
        @Nullable String inputType,
        @Field(lenientText = true) @Nullable String inputSize,
        List<String> tags,
        List<String> systemTags,
        List<Reference> reference,
        @Nullable Long uptimeSec,
        @Nullable Long requestsNum,
        @Nullable Double requestsMin,
        @Nullable Long latencyMs,
        @Nullable MachineStats machineStats) {

    /** What the container belongs to. */
    record Reference(
            @Field(required = true) ReferenceType type,
            @Field(required = true) String value) {}

    /** Of what a reference is. */
    enum ReferenceType {
        APP_ID,
        APP_INSTANCE,
        MODEL,
        TASK,
        URL
    }

    /** Null while it loads. */
    @Nullable
    String url() {
        return endpointUrl == null || endpointUrl.isEmpty() ? null : endpointUrl;
    }

    /** Registering tells nothing of what is measured. */
    ContainerReport withoutStatistics() {
        return new ContainerReport(
                containerId,
                endpointName,
                endpointUrl,
                modelName,
                modelSource,
                modelVersion,
                preprocessArtifact,
                inputType,
                inputSize,
                tags,
                systemTags,
                reference,
                null,
                null,
                null,
                null,
                null);
    }
}
