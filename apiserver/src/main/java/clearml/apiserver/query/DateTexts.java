package clearml.apiserver.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates as clients write them: ISO 8601 in its many forms, {@code 11/21/2026}, {@code 21 Nov 2026}. */
public final class DateTexts {

    private static final Pattern PARTS = Pattern.compile("(?<date>.*?)"
            + "(?:(?:^|[Tt\\s]+|(?<=\\d{8})T)(?<hour>\\d{1,2}):?(?<minute>\\d{2})?"
            + "(?::?(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?\\s*(?<half>[AaPp][Mm])?"
            + "\\s*(?<zone>[Zz]|UTC|GMT|[+-]\\d{1,2}(?::?\\d{2})?)?)?");
    private static final Pattern YEAR = Pattern.compile("(\\d{4})(?:[-/.](\\d{1,2}))?");
    private static final List<DateTimeFormatter> DATES = List.of(
            format("yyyy-M-d"),
            format("yyyy/M/d"),
            format("yyyy.M.d"),
            format("yyyyMMdd"),
            format("M/d/yyyy"),
            format("M-d-yyyy"),
            format("d MMM yyyy"),
            format("d MMMM yyyy"),
            format("MMM d, yyyy"),
            format("MMM d yyyy"),
            format("MMMM d, yyyy"),
            format("MMMM d yyyy"),
            format("EEE, d MMM yyyy"));

    private DateTexts() {}

    /** The moment, in milliseconds; UTC if no offset is given, today's parts where parts are missing; null if it is none. */
    public static @Nullable Date parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (text.isBlank() || !parts.matches()) {
            return null;
        }
        try {
            LocalDate whole = date(text.strip());
            if (whole != null) {
                return Date.from(whole.atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            LocalDate date = date(parts.group("date").strip());
            return date == null
                    ? null
                    : Date.from(
                            OffsetDateTime.of(date, time(parts), zone(parts)).toInstant());
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable LocalDate date(String text) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        if (text.isEmpty()) {
            return today;
        }
        Matcher partial = YEAR.matcher(text);
        if (partial.matches()) {
            int month = partial.group(2) == null ? today.getMonthValue() : Integer.parseInt(partial.group(2));
            LocalDate first =
                    Year.of(Integer.parseInt(partial.group(1))).atMonth(month).atDay(1);
            return first.withDayOfMonth(Math.min(today.getDayOfMonth(), first.lengthOfMonth()));
        }
        for (DateTimeFormatter format : DATES) {
            try {
                return LocalDate.parse(text, format);
            } catch (DateTimeException e) {
                // another form
            }
        }
        return null;
    }

    private static LocalTime time(Matcher parts) {
        if (parts.group("hour") == null) {
            return LocalTime.MIDNIGHT;
        }
        int hour = Integer.parseInt(parts.group("hour"));
        String half = parts.group("half");
        if (half != null) {
            hour = hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
        }
        String fraction = parts.group("fraction");
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
        return LocalTime.of(hour, number(parts.group("minute")), number(parts.group("second")), nanos);
    }

    private static ZoneOffset zone(Matcher parts) {
        String zone = parts.group("zone");
        if (zone == null || zone.length() == 1 || Character.isLetter(zone.charAt(0))) {
            return ZoneOffset.UTC;
        }
        String digits = zone.substring(1).replace(":", "");
        int hours = Integer.parseInt(digits.length() > 2 ? digits.substring(0, digits.length() - 2) : digits);
        int minutes = digits.length() > 2 ? Integer.parseInt(digits.substring(digits.length() - 2)) : 0;
        int sign = zone.charAt(0) == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }
}
