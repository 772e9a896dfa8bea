package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions with MongoDB's options. */
public final class Regexes {

    private Regexes() {}

    static Pattern compile(BsonRegularExpression expression) {
        String options = expression.getOptions();
        return compile(expression.getPattern(), options == null ? "" : options);
    }

    static Pattern compile(String pattern, String options) {
        int flags = 0;
        for (char option : options.toCharArray()) {
            flags |= flag(option);
        }
        try {
            return Pattern.compile(pattern, flags);
        } catch (PatternSyntaxException e) {
            throw Errors.location(
                    51091, "Regular expression is invalid: " + e.getDescription() + " at offset " + e.getIndex());
        }
    }

    private static int flag(char option) {
        return switch (option) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 'm' -> Pattern.MULTILINE;
            case 'x' -> Pattern.COMMENTS;
            case 's' -> Pattern.DOTALL;
            case 'u' -> 0;
            default -> throw Errors.location(51108, "invalid flag in regex options: " + option);
        };
    }

    /** The literal text that everything matched begins with, null when there is none. */
    public static @Nullable String prefix(BsonRegularExpression expression) {
        String pattern = expression.getPattern();
        String options = expression.getOptions();
        if (!pattern.startsWith("^") || pattern.indexOf('|') >= 0 || options != null && !options.isEmpty()) {
            return null;
        }
        StringBuilder prefix = new StringBuilder();
        for (int i = 1; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : ' ';
            if (!(Character.isLetterOrDigit(c) || "_-/ :,@#%&=~".indexOf(c) >= 0) || "*?{+".indexOf(next) >= 0) {
                break;
            }
            prefix.append(c);
        }
        return prefix.isEmpty() ? null : prefix.toString();
    }
}
