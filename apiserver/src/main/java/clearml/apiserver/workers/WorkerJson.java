package clearml.apiserver.workers;

import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.JsonText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workers as the JSON of their entries. Only the members that are dates are read as dates, whatever the others look like. */
public final class WorkerJson {

    /** UTC where no offset is given. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .toFormatter();

    private WorkerJson() {}

    static String text(Worker worker) {
        return JsonText.of(worker);
    }

    /** @throws RuntimeException when it is no worker */
    static Worker read(String key, String text) {
        if (!(BodyReader.read(text) instanceof Map<?, ?> entry)) {
            throw new IllegalArgumentException("not an object");
        }
        Instant reported = optionalTime(entry.get("last_report_time"));
        return new Worker(
                key,
                required(entry, "id"),
                named(entry.get("user"), ""),
                named(entry.get("company"), ""),
                optionalText(entry.get("ip")),
                optionalNamed(entry.get("task")),
                optionalNamed(entry.get("project")),
                optionalText(entry.get("queue")),
                texts(entry.get("queues")),
                time(required(entry, "register_time")),
                entry.get("register_timeout") instanceof Number seconds ? seconds.intValue() : 0,
                time(required(entry, "last_activity_time")),
                reported,
                texts(entry.get("tags")),
                texts(entry.get("system_tags")));
    }

    private static String required(Map<?, ?> entry, String member) {
        Object value = entry.get(member);
        if (value == null) {
            throw new IllegalArgumentException("no " + member);
        }
        return value.toString();
    }

    private static @Nullable String optionalText(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Named optionalNamed(@Nullable Object value) {
        return value instanceof Map<?, ?> object && object.get("id") != null ? named(object, "") : null;
    }

    private static Named named(@Nullable Object value, String or) {
        if (!(value instanceof Map<?, ?> object)) {
            return new Named(or, null);
        }
        Object id = object.get("id");
        return new Named(id == null ? or : id.toString(), optionalText(object.get("name")));
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static @Nullable Instant optionalTime(@Nullable Object value) {
        return value == null ? null : time(value.toString());
    }

    /** A time in UTC, with or without an offset. */
    public static Instant time(String text) {
        TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }
}
