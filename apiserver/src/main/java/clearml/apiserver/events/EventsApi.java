package clearml.apiserver.events;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;

/** Endpoints that add events. */
@ApiController
class EventsApi {

    private final EventWriter writer;

    EventsApi(EventWriter writer) {
        this.writer = writer;
    }

    /** Adds one event. */
    @ApiCall("events.add")
    AddedEvents add(CallBody body, Caller caller) {
        return writer.add(body.items(), caller);
    }

    /** Adds the events of a JSON lines body; 400/17 when there are none, 400/131 when none of them could be added. */
    @ApiCall(value = "events.add_batch", batch = true)
    AddedEvents addBatch(CallBody body, Caller caller) {
        if (body.items().isEmpty()) {
            throw ApiError.BATCH_CONTAINS_NO_ITEMS.of();
        }
        return writer.add(body.items(), caller);
    }
}
