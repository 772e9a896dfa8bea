package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import de.bwaldvogel.mongo.bson.Document;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalUnit;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Operators on dates. */
final class DateOperators {

    private DateOperators() {}

    static void register(Map<String, Operator> operators) {
        part(operators, "$year", ZonedDateTime::getYear);
        part(operators, "$month", ZonedDateTime::getMonthValue);
        part(operators, "$dayOfMonth", ZonedDateTime::getDayOfMonth);
        part(operators, "$dayOfYear", ZonedDateTime::getDayOfYear);
        part(operators, "$dayOfWeek", t -> t.getDayOfWeek().getValue() % 7 + 1);
        part(operators, "$isoDayOfWeek", t -> t.getDayOfWeek().getValue());
        part(operators, "$isoWeek", t -> t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        part(operators, "$isoWeekYear", t -> t.get(IsoFields.WEEK_BASED_YEAR));
        part(operators, "$hour", ZonedDateTime::getHour);
        part(operators, "$minute", ZonedDateTime::getMinute);
        part(operators, "$second", ZonedDateTime::getSecond);
        part(operators, "$millisecond", t -> t.get(ChronoField.MILLI_OF_SECOND));
        operators.put("$dateToString", DateOperators::format);
        operators.put("$dateFromString", DateOperators::fromString);
        operators.put("$dateAdd", operand -> shift("$dateAdd", operand, 1));
        operators.put("$dateSubtract", operand -> shift("$dateSubtract", operand, -1));
        operators.put("$dateDiff", DateOperators::difference);
        operators.put("$dateTrunc", DateOperators::truncate);
        operators.put(
                "$toDate", function("$toDate", 1, 1, (v, scope) -> ConversionOperators.convert(v.get(0), "date")));
    }

    private static void part(Map<String, Operator> operators, String name, ToIntFunction<ZonedDateTime> part) {
        operators.put(name, operand -> {
            Object of = operand instanceof List<?> l && l.size() == 1 ? l.get(0) : operand;
            Document named = of instanceof Document d && d.containsKey("date") ? d : new Document("date", of);
            Expression date = Expressions.parse(named.get("date"));
            Expression zone = Expressions.argument(named, "timezone", null);
            return scope -> {
                Object value = date.evaluate(scope);
                return Values.absent(value) ? null : (Object) part.applyAsInt(at(name, value, zone.evaluate(scope)));
            };
        });
    }

    private static ZonedDateTime at(String name, @Nullable Object value, @Nullable Object zone) {
        if (!(value instanceof Instant instant)) {
            throw Errors.location(16006, "can't convert from BSON type " + BsonTypes.name(value) + " to Date");
        }
        try {
            return instant.atZone(zone instanceof String s ? ZoneId.of(s) : ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Errors.location(40485, name + ": unrecognized time zone identifier: \"" + zone + "\"");
        }
    }

    private static Expression format(@Nullable Object operand) {
        Document d = Expressions.named("$dateToString", operand, "date");
        Expression date = Expressions.parse(d.get("date"));
        Expression zone = Expressions.argument(d, "timezone", null);
        Expression onNull = Expressions.argument(d, "onNull", null);
        Expression format = Expressions.argument(d, "format", "%Y-%m-%dT%H:%M:%S.%LZ");
        return scope -> {
            Object value = date.evaluate(scope);
            return Values.absent(value)
                    ? onNull.evaluate(scope)
                    : format(at("$dateToString", value, zone.evaluate(scope)), String.valueOf(format.evaluate(scope)));
        };
    }

    private static String format(ZonedDateTime t, String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%' && i + 1 < format.length()) {
                out.append(field(t, format.charAt(++i)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String field(ZonedDateTime t, char letter) {
        return switch (letter) {
            case 'Y' -> "%04d".formatted(t.getYear());
            case 'm' -> "%02d".formatted(t.getMonthValue());
            case 'd' -> "%02d".formatted(t.getDayOfMonth());
            case 'H' -> "%02d".formatted(t.getHour());
            case 'M' -> "%02d".formatted(t.getMinute());
            case 'S' -> "%02d".formatted(t.getSecond());
            case 'L' -> "%03d".formatted(t.get(ChronoField.MILLI_OF_SECOND));
            case 'j' -> "%03d".formatted(t.getDayOfYear());
            case 'u' -> String.valueOf(t.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(t.getDayOfWeek().getValue() % 7 + 1);
            case 'V' -> "%02d".formatted(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> "%04d".formatted(t.get(IsoFields.WEEK_BASED_YEAR));
            case 'z' ->
                t.getOffset().getTotalSeconds() == 0
                        ? "+0000"
                        : t.getOffset().getId().replace(":", "");
            case 'Z' -> String.valueOf(t.getOffset().getTotalSeconds() / 60);
            case '%' -> "%";
            default -> throw Errors.location(18536, "Invalid format character '%" + letter + "' in format string");
        };
    }

    private static Expression fromString(@Nullable Object operand) {
        Document d = Expressions.named("$dateFromString", operand, "dateString");
        if (d.containsKey("format")) {
            throw Errors.unsupported("format of $dateFromString");
        }
        Expression text = Expressions.parse(d.get("dateString"));
        Expression onNull = Expressions.argument(d, "onNull", null);
        return scope -> {
            Object value = text.evaluate(scope);
            return Values.absent(value) ? onNull.evaluate(scope) : ConversionOperators.convert(value, "date");
        };
    }

    private static TemporalUnit unit(@Nullable Object name) {
        return switch (String.valueOf(name)) {
            case "year" -> ChronoUnit.YEARS;
            case "quarter" -> IsoFields.QUARTER_YEARS;
            case "month" -> ChronoUnit.MONTHS;
            case "week" -> ChronoUnit.WEEKS;
            case "day" -> ChronoUnit.DAYS;
            case "hour" -> ChronoUnit.HOURS;
            case "minute" -> ChronoUnit.MINUTES;
            case "second" -> ChronoUnit.SECONDS;
            case "millisecond" -> ChronoUnit.MILLIS;
            default -> throw Errors.failedToParse("unknown time unit value: " + name);
        };
    }

    private static Expression shift(String name, @Nullable Object operand, int sign) {
        Document d = Expressions.named(name, operand, "startDate", "unit", "amount");
        Expression start = Expressions.parse(d.get("startDate"));
        Expression unit = Expressions.parse(d.get("unit"));
        Expression amount = Expressions.parse(d.get("amount"));
        Expression zone = Expressions.argument(d, "timezone", null);
        return scope -> {
            Object from = start.evaluate(scope);
            Object by = amount.evaluate(scope);
            if (Values.absent(from) || Values.absent(by)) {
                return null;
            }
            long count = sign * ArithmeticOperators.number(name, by).longValue();
            return at(name, from, zone.evaluate(scope))
                    .plus(count, unit(unit.evaluate(scope)))
                    .toInstant();
        };
    }

    private static Expression difference(@Nullable Object operand) {
        Document d = Expressions.named("$dateDiff", operand, "startDate", "endDate", "unit");
        Expression start = Expressions.parse(d.get("startDate"));
        Expression end = Expressions.parse(d.get("endDate"));
        Expression unit = Expressions.parse(d.get("unit"));
        Expression zone = Expressions.argument(d, "timezone", null);
        return scope -> {
            Object from = start.evaluate(scope);
            Object to = end.evaluate(scope);
            if (Values.absent(from) || Values.absent(to)) {
                return null;
            }
            TemporalUnit in = unit(unit.evaluate(scope));
            Object where = zone.evaluate(scope);
            return in.between(truncate(at("$dateDiff", from, where), in), truncate(at("$dateDiff", to, where), in));
        };
    }

    private static Expression truncate(@Nullable Object operand) {
        Document d = Expressions.named("$dateTrunc", operand, "date", "unit");
        if (d.getOrDefault("binSize", 1) instanceof Number n && n.intValue() != 1) {
            throw Errors.unsupported("binSize of $dateTrunc");
        }
        Expression date = Expressions.parse(d.get("date"));
        Expression unit = Expressions.parse(d.get("unit"));
        Expression zone = Expressions.argument(d, "timezone", null);
        return scope -> {
            Object value = date.evaluate(scope);
            return Values.absent(value)
                    ? null
                    : truncate(at("$dateTrunc", value, zone.evaluate(scope)), unit(unit.evaluate(scope)))
                            .toInstant();
        };
    }

    private static ZonedDateTime truncate(ZonedDateTime t, TemporalUnit unit) {
        if (unit == ChronoUnit.YEARS) {
            return t.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        } else if (unit == IsoFields.QUARTER_YEARS) {
            ZonedDateTime month = t.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            return month.minusMonths((month.getMonthValue() - 1) % 3);
        } else if (unit == ChronoUnit.MONTHS) {
            return t.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        } else if (unit == ChronoUnit.WEEKS) {
            return t.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        }
        return t.truncatedTo(unit);
    }
}
