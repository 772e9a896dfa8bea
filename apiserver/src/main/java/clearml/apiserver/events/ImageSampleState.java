package clearml.apiserver.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which debug image a viewer shows, and which there are. */
record ImageSampleState(
        String id,
        String task,
        @Nullable String metric,
        @Nullable String variant,
        @Nullable Long iteration,
        List<Variant> variantStates,
        boolean navigateCurrentMetric) {

    /** @param minIteration the oldest one whose file has not been overwritten */
    record Variant(String name, String metric, long minIteration, long maxIteration) {

        /** By metric, then by variant, as Elasticsearch sorts them. */
        int compareTo(String otherMetric, String otherVariant) {
            int byMetric = TextOrder.compare(metric, otherMetric);
            return byMetric == 0 ? TextOrder.compare(name, otherVariant) : byMetric;
        }
    }

    ImageSampleState at(String newMetric, String newVariant, long newIteration) {
        return new ImageSampleState(
                id, task, newMetric, newVariant, newIteration, variantStates, navigateCurrentMetric);
    }

    ImageSampleState with(List<Variant> variants) {
        return new ImageSampleState(id, task, metric, variant, iteration, variants, navigateCurrentMetric);
    }

    @Nullable
    Variant find(@Nullable Object ofMetric, @Nullable Object name) {
        return variantStates.stream()
                .filter(one -> one.metric().equals(ofMetric) && one.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
