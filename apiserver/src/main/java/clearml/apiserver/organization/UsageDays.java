package clearml.apiserver.organization;

import clearml.apiserver.call.ApiError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whole days one after the other.
 *
 * @param start the beginning of the first one, ms since 1970
 */
record UsageDays(long start, int count) {

    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    /** Ten years, so that no request needs more memory than there is. */
    private static final int MOST = 3_660;

    /** The days of these two times and those between; 400/12. */
    static UsageDays of(String from, String to) {
        OffsetDateTime first = time("from_date", from);
        OffsetDateTime last = time("to_date", to).withOffsetSameInstant(first.getOffset());
        if (first.isAfter(last)) {
            throw ApiError.VALIDATION_ERROR.of("from_date must be earlier than to_date");
        }
        long days = ChronoUnit.DAYS.between(first.toLocalDate(), last.toLocalDate()) + 1;
        if (days > MOST) {
            throw ApiError.VALIDATION_ERROR.of("more than " + MOST + " days");
        }
        OffsetDateTime start = OffsetDateTime.of(first.toLocalDate().atStartOfDay(), first.getOffset());
        return new UsageDays(start.toInstant().toEpochMilli(), (int) days);
    }

    private static OffsetDateTime time(String member, String text) {
        try {
            String time = text.replaceFirst("[Zz]$", "").replaceFirst("^(\\d{4}-\\d{2}-\\d{2})$", "$1T00:00:00");
            var found = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    time.replaceFirst("^(\\S{10}) ", "$1T"), OffsetDateTime::from, LocalDateTime::from);
            return found instanceof OffsetDateTime withOffset
                    ? withOffset
                    : ((LocalDateTime) found).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ApiError.VALIDATION_ERROR.of("Invalid " + member + ": " + text);
        }
    }

    Date from() {
        return new Date(start);
    }

    /** Not included. */
    Date to() {
        return new Date(end());
    }

    private long end() {
        return start + count * DAY_MS;
    }

    /** Seconds since 1970. */
    List<Double> dates() {
        return IntStream.range(0, count)
                .mapToObj(day -> (start + day * DAY_MS) / 1000.0)
                .toList();
    }

    /** How many ms of a time fall on each day. */
    long[] split(long from, long to) {
        long[] parts = new long[count];
        long at = Math.max(from, start);
        long until = Math.min(to, end());
        while (at < until) {
            int day = (int) ((at - start) / DAY_MS);
            long next = Math.min(until, start + (day + 1) * DAY_MS);
            parts[day] += next - at;
            at = next;
        }
        return parts;
    }
}
