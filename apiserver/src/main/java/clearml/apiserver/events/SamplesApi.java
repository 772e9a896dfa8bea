package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Debug images and plots one by one, for the viewers of the web UI. */
@ApiController
class SamplesApi {

    private final ReadableEntities entities;
    private final ImageSamples images;
    private final PlotSamples plots;

    SamplesApi(ReadableEntities entities, ImageSamples images, PlotSamples plots) {
        this.entities = entities;
        this.images = images;
        this.plots = plots;
    }

    record ImageRequest(
            @Field(required = true) String task,
            @Field(required = true) String metric,
            @Field(required = true) String variant,
            @Nullable Long iteration,
            boolean refresh,
            @Nullable String scrollId,
            @Field(or = "true") Boolean navigateCurrentMetric,
            boolean modelEvents) {}

    /** {@code {scroll_id, event, min_iteration, max_iteration}}; event and iterations are null when there is none. */
    @ApiCall(value = "events.get_debug_image_sample", since = "2.12")
    Map<String, @Nullable Object> image(ImageRequest request, Caller caller) {
        return images.first(new ImageSamples.First(
                entities.require(request.task(), request.modelEvents(), caller),
                request.metric(),
                request.variant(),
                request.iteration(),
                request.refresh(),
                request.scrollId(),
                Boolean.TRUE.equals(request.navigateCurrentMetric())));
    }

    record NextRequest(
            @Field(required = true) String task,
            @Nullable String scrollId,
            @Field(or = "true") Boolean navigateEarlier,
            boolean nextIteration,
            boolean modelEvents) {}

    /** The image beside the one of the scroll id; 400/1104 when that is unknown. */
    @ApiCall(value = "events.next_debug_image_sample", since = "2.12")
    Map<String, @Nullable Object> nextImage(NextRequest request, Caller caller) {
        return images.next(new ImageSamples.Next(
                entities.require(request.task(), request.modelEvents(), caller),
                request.scrollId(),
                Boolean.TRUE.equals(request.navigateEarlier()),
                request.nextIteration()));
    }

    record PlotRequest(
            @Field(required = true) String task,
            @Field(required = true) String metric,
            @Nullable Long iteration,
            boolean refresh,
            @Nullable String scrollId,
            @Field(or = "true") Boolean navigateCurrentMetric,
            boolean modelEvents) {}

    /** {@code {scroll_id, events, min_iteration, max_iteration}}: all variants of the metric at one iteration. */
    @ApiCall("events.get_plot_sample")
    Map<String, @Nullable Object> plot(PlotRequest request, Caller caller) {
        return plots.first(new PlotSamples.First(
                entities.require(request.task(), request.modelEvents(), caller),
                request.metric(),
                request.iteration(),
                request.refresh(),
                request.scrollId(),
                Boolean.TRUE.equals(request.navigateCurrentMetric())));
    }

    /** The plots beside those of the scroll id; 400/1104 when that is unknown. */
    @ApiCall("events.next_plot_sample")
    Map<String, @Nullable Object> nextPlot(NextRequest request, Caller caller) {
        return plots.next(new PlotSamples.Next(
                entities.require(request.task(), request.modelEvents(), caller),
                request.scrollId(),
                Boolean.TRUE.equals(request.navigateEarlier()),
                request.nextIteration()));
    }
}
