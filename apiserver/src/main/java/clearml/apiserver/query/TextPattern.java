package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bson.Document;

/** A regular expression of a client, checked before MongoDB sees it. */
public final class TextPattern {

    /** In characters; more is no search. */
    private static final int LONGEST = 16_384;

    private TextPattern() {}

    /** The test of a path; 400/21 for what is not a regular expression. */
    public static Document test(String regex, boolean ignoringCase) {
        if (regex.length() > LONGEST) {
            throw malformed("longer than " + LONGEST + " characters");
        }
        if (regex.indexOf('\0') >= 0) {
            throw malformed("contains the character NUL");
        }
        String portable = PortableRegex.of(regex);
        if (portable == null) {
            throw malformed("bad escape");
        }
        try {
            Pattern.compile(portable);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw malformed(e instanceof PatternSyntaxException syntax ? syntax.getDescription() : "nested too deeply");
        }
        Document test = new Document("$regex", portable);
        return ignoringCase ? test.append("$options", "i") : test;
    }

    private static ApiException malformed(String why) {
        return ApiError.INVALID_REGEX_ERROR.with("err", why).with("extra_info", null);
    }
}
