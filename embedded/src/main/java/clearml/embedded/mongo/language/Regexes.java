package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions with MongoDB's options. */
public final class Regexes {

    /** Texts and expressions up to these are over before one could count. */
    private static final int SHORT = 200;

    private static final Pattern REPEATED_GROUP = Pattern.compile("\\)[*+{]|\\\\[1-9k]");
    private static final int FEW_REPETITIONS = 2;

    private Regexes() {}

    /** A test of texts for something that the expression matches. */
    static Predicate<String> finder(BsonRegularExpression expression) {
        Pattern pattern = compile(expression);
        boolean harmless = !REPEATED_GROUP.matcher(pattern.pattern()).find()
                && pattern.pattern().chars().filter(c -> "*+{".indexOf(c) >= 0).count() <= FEW_REPETITIONS;
        return text -> harmless && text.length() <= SHORT
                ? pattern.matcher(text).find()
                : find(pattern.matcher(new BoundedText(text)));
    }

    static boolean find(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            throw tooComplex();
        }
    }

    static MongoServerError tooComplex() {
        return Errors.location(51156, "Error occurred while executing the regular expression: match limit exceeded");
    }

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
