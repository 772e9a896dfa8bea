package clearml.embedded.mongo.language;

import static clearml.embedded.mongo.language.Expressions.function;

import clearml.embedded.mongo.language.Expressions.Operator;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Operators on strings. */
final class StringOperators {

    private StringOperators() {}

    static void register(Map<String, Operator> operators) {
        operators.put("$concat", function("$concat", 0, Integer.MAX_VALUE, (v, scope) -> concat(v)));
        operators.put(
                "$toLower",
                function("$toLower", 1, 1, (v, scope) -> text(v.get(0)).toLowerCase(Locale.ROOT)));
        operators.put(
                "$toUpper",
                function("$toUpper", 1, 1, (v, scope) -> text(v.get(0)).toUpperCase(Locale.ROOT)));
        operators.put(
                "$strLenCP",
                function(
                        "$strLenCP",
                        1,
                        1,
                        (v, scope) -> string("$strLenCP", v.get(0))
                                .codePointCount(0, string("$strLenCP", v.get(0)).length())));
        operators.put(
                "$strLenBytes",
                function("$strLenBytes", 1, 1, (v, scope) -> bytes(string("$strLenBytes", v.get(0))).length));
        operators.put(
                "$strcasecmp",
                function(
                        "$strcasecmp",
                        2,
                        2,
                        (v, scope) -> Integer.signum(text(v.get(0)).compareToIgnoreCase(text(v.get(1))))));
        operators.put("$substr", function("$substr", 3, 3, (v, scope) -> substringOfBytes(v)));
        operators.put("$substrBytes", function("$substrBytes", 3, 3, (v, scope) -> substringOfBytes(v)));
        operators.put("$substrCP", function("$substrCP", 3, 3, (v, scope) -> substring(v)));
        operators.put("$indexOfCP", function("$indexOfCP", 2, 4, (v, scope) -> indexOf(v)));
        operators.put("$indexOfBytes", function("$indexOfBytes", 2, 4, (v, scope) -> indexOf(v)));
        operators.put("$split", function("$split", 2, 2, (v, scope) -> split(v)));
        operators.put("$trim", operand -> trim("$trim", operand, true, true));
        operators.put("$ltrim", operand -> trim("$ltrim", operand, true, false));
        operators.put("$rtrim", operand -> trim("$rtrim", operand, false, true));
        operators.put("$replaceOne", operand -> replace("$replaceOne", operand, false));
        operators.put("$replaceAll", operand -> replace("$replaceAll", operand, true));
        operators.put("$regexMatch", operand -> regex("$regexMatch", operand));
        operators.put("$regexFind", operand -> regex("$regexFind", operand));
        operators.put("$regexFindAll", operand -> regex("$regexFindAll", operand));
    }

    /** What the case operators take for a string; empty for null and missing. */
    static String text(@Nullable Object value) {
        if (value == null || value == Values.MISSING) {
            return "";
        }
        if (value instanceof String || value instanceof Number || value instanceof Instant) {
            return value.toString();
        }
        throw Errors.location(16007, "can't convert from BSON type " + BsonTypes.name(value) + " to String");
    }

    private static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    static String string(String operator, @Nullable Object value) {
        if (value instanceof String s) {
            return s;
        }
        throw Errors.location(34471, operator + " requires a string argument, found: " + BsonTypes.name(value));
    }

    private static @Nullable Object concat(List<@Nullable Object> v) {
        StringBuilder all = new StringBuilder();
        for (Object value : v) {
            if (Values.absent(value)) {
                return null;
            }
            if (!(value instanceof String s)) {
                throw Errors.location(16702, "$concat only supports strings, not " + BsonTypes.name(value));
            }
            all.append(s);
        }
        return all.toString();
    }

    private static int number(@Nullable Object value) {
        return ArithmeticOperators.number("$substr", value).intValue();
    }

    private static Object substringOfBytes(List<@Nullable Object> v) {
        byte[] bytes = bytes(text(v.get(0)));
        int from = Math.min(Math.max(0, number(v.get(1))), bytes.length);
        int length = number(v.get(2));
        int to = length < 0 ? bytes.length : Math.min(bytes.length, from + length);
        return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8);
    }

    private static Object substring(List<@Nullable Object> v) {
        int[] points = text(v.get(0)).codePoints().toArray();
        int from = Math.min(Math.max(0, number(v.get(1))), points.length);
        int to = (int) Math.min(points.length, (long) from + Math.max(0, number(v.get(2))));
        return new String(points, from, to - from);
    }

    private static @Nullable Object indexOf(List<@Nullable Object> v) {
        if (Values.absent(v.get(0))) {
            return null;
        }
        String s = string("$indexOfCP", v.get(0));
        int from = v.size() > 2 ? number(v.get(2)) : 0;
        int at = s.indexOf(string("$indexOfCP", v.get(1)), from);
        return v.size() > 3 && at >= number(v.get(3)) ? (Object) (-1) : (Object) at;
    }

    private static @Nullable Object split(List<@Nullable Object> v) {
        if (Values.absent(v.get(0)) || Values.absent(v.get(1))) {
            return null;
        }
        String separator = string("$split", v.get(1));
        if (separator.isEmpty()) {
            throw Errors.location(40087, "$split requires a non-empty separator");
        }
        return new ArrayList<>(List.of(string("$split", v.get(0)).split(Pattern.quote(separator), -1)));
    }

    private static Expression trim(String name, @Nullable Object operand, boolean left, boolean right) {
        Document d = Expressions.named(name, operand, "input");
        Expression input = Expressions.parse(d.get("input"));
        Expression chars = Expressions.argument(d, "chars", " \t\n\r\f\u0000\u00a0");
        return scope -> {
            Object value = input.evaluate(scope);
            if (Values.absent(value)) {
                return null;
            }
            String s = string(name, value);
            String drop = string(name, chars.evaluate(scope));
            int from = 0;
            int to = s.length();
            while (left && from < to && drop.indexOf(s.charAt(from)) >= 0) {
                from++;
            }
            while (right && to > from && drop.indexOf(s.charAt(to - 1)) >= 0) {
                to--;
            }
            return s.substring(from, to);
        };
    }

    private static Expression replace(String name, @Nullable Object operand, boolean all) {
        Document d = Expressions.named(name, operand, "input", "find", "replacement");
        Expression input = Expressions.parse(d.get("input"));
        Expression find = Expressions.parse(d.get("find"));
        Expression replacement = Expressions.parse(d.get("replacement"));
        return scope -> {
            Object value = input.evaluate(scope);
            Object sought = find.evaluate(scope);
            Object by = replacement.evaluate(scope);
            if (Values.absent(value) || Values.absent(sought) || Values.absent(by)) {
                return null;
            }
            Matcher matcher =
                    Pattern.compile(Pattern.quote(string(name, sought))).matcher(string(name, value));
            String with = Matcher.quoteReplacement(string(name, by));
            return all ? matcher.replaceAll(with) : matcher.replaceFirst(with);
        };
    }

    private static Expression regex(String name, @Nullable Object operand) {
        Document d = Expressions.named(name, operand, "input", "regex");
        Expression input = Expressions.parse(d.get("input"));
        Expression regex = Expressions.parse(d.get("regex"));
        Expression options = Expressions.argument(d, "options", null);
        boolean match = name.equals("$regexMatch");
        boolean every = name.equals("$regexFindAll");
        return scope -> {
            Object value = input.evaluate(scope);
            Object pattern = regex.evaluate(scope);
            if (Values.absent(value) || Values.absent(pattern)) {
                return match ? (Object) false : every ? List.of() : null;
            }
            Matcher matcher =
                    pattern(name, pattern, options.evaluate(scope)).matcher(new BoundedText(string(name, value)));
            if (match) {
                return Regexes.find(matcher);
            }
            List<Document> found = new ArrayList<>();
            while (Regexes.find(matcher)) {
                found.add(found(matcher));
            }
            return every ? found : found.isEmpty() ? null : found.get(0);
        };
    }

    private static Pattern pattern(String name, @Nullable Object pattern, @Nullable Object options) {
        if (pattern instanceof BsonRegularExpression r && Values.absent(options)) {
            return Regexes.compile(r);
        }
        String text = pattern instanceof BsonRegularExpression r ? r.getPattern() : string(name, pattern);
        return Regexes.compile(text, Values.absent(options) ? "" : string(name, options));
    }

    private static Document found(Matcher matcher) {
        List<@Nullable Object> captures = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            captures.add(matcher.group(i));
        }
        return new Document("match", matcher.group())
                .append("idx", matcher.start())
                .append("captures", captures);
    }
}
