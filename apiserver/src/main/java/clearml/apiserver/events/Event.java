package clearml.apiserver.events;

import clearml.apiserver.call.PythonText;
import clearml.apiserver.call.RequestBinder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event on its way into the stores: the document as it was sent, and what is only said to the server. */
final class Event {

    private static final int LONGEST_LABEL = 1_000;

    private final Map<String, @Nullable Object> fields;
    private final boolean ofModel;
    private final boolean lockedAllowed;
    private final @Nullable Object xAxisLabel;

    /** Takes what is not stored out of the fields. */
    Event(Map<String, @Nullable Object> fields) {
        this.fields = fields;
        this.ofModel = RequestBinder.truth(fields.get("model_event"));
        this.lockedAllowed = RequestBinder.truth(fields.remove("allow_locked"));
        this.xAxisLabel = label(fields.remove("x_axis_label"));
        Object model = ofModel ? fields.remove("model") : null;
        if (model != null) {
            fields.put("task", model);
        }
        fields.put("model_event", ofModel);
    }

    /** It becomes a part of the task's document, which must not be full of it. */
    private static @Nullable Object label(@Nullable Object label) {
        return PythonText.str(label).length() > LONGEST_LABEL ? null : label;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }

    @Nullable
    Object get(String name) {
        return fields.get(name);
    }

    /** Whether the id in {@code task} is a model's. */
    boolean ofModel() {
        return ofModel;
    }

    /** Whether the event is also taken for a published task or model. */
    boolean lockedAllowed() {
        return lockedAllowed;
    }

    @Nullable
    Object xAxisLabel() {
        return xAxisLabel;
    }

    boolean hasEntity() {
        return RequestBinder.truth(fields.get("task"));
    }

    /** The id of its task or model. */
    String entity() {
        return PythonText.str(fields.get("task"));
    }

    String metric() {
        return PythonText.str(fields.get("metric"));
    }

    String variant() {
        return PythonText.str(fields.get("variant"));
    }
}
