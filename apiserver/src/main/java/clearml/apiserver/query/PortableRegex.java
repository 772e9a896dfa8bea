package clearml.apiserver.query;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spells a regular expression so that it means in PCRE (MongoDB) and in Java (the embedded store) what it means to the
 * clients, who write Python's.
 */
final class PortableRegex {

    private static final Pattern QUANTIFIER = Pattern.compile("\\{\\d+(,\\d*)?}");
    private static final Pattern NAMED_CLASS = Pattern.compile("\\[:(\\w+):]");
    private static final Pattern NAME = Pattern.compile("\\(\\?P=(\\w+)\\)");
    private static final Pattern CODE_POINT = Pattern.compile("u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})");
    private static final String ESCAPES = "AbBdDsSwWZafnrtvxuUN";
    private static final Map<String, String> CLASSES = Map.of(
            "alpha", "a-zA-Z",
            "digit", "0-9",
            "alnum", "a-zA-Z0-9",
            "upper", "A-Z",
            "lower", "a-z",
            "space", "\\s",
            "word", "\\w",
            "xdigit", "0-9a-fA-F",
            "blank", " \\t",
            "punct", "!-/:-@\\[-`{-~");

    private final String regex;
    private final StringBuilder portable = new StringBuilder();
    private int at;
    private boolean inClass;

    private PortableRegex(String regex) {
        this.regex = regex;
    }

    /** The portable spelling; null for an escape that no client's language knows. */
    static @Nullable String of(String regex) {
        return new PortableRegex(regex).rewrite();
    }

    private @Nullable String rewrite() {
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '\\') {
                if (!escape()) {
                    return null;
                }
            } else if (inClass) {
                member(c);
            } else {
                element(c);
            }
        }
        return portable.toString();
    }

    private boolean escape() {
        if (at + 1 >= regex.length()) {
            portable.append(regex.charAt(at++));
            return true;
        }
        char escaped = regex.charAt(at + 1);
        boolean letter = escaped < 128 && Character.isLetter(escaped);
        if (letter && ESCAPES.indexOf(escaped) < 0) {
            return false;
        }
        Matcher point = CODE_POINT.matcher(regex).region(at + 1, regex.length());
        if (point.lookingAt()) {
            portable.append("\\x{")
                    .append(point.group(1) != null ? point.group(1) : point.group(2))
                    .append('}');
            at = point.end();
        } else {
            portable.append('\\').append(escaped);
            at += 2;
        }
        return true;
    }

    private void member(char c) {
        Matcher named = NAMED_CLASS.matcher(regex).region(at, regex.length());
        if (c == '[' && named.lookingAt() && CLASSES.containsKey(named.group(1))) {
            portable.append(CLASSES.get(named.group(1)));
            at = named.end();
            return;
        }
        if (c == '[' || c == '&') {
            portable.append('\\');
        }
        inClass = c != ']';
        portable.append(c);
        at++;
    }

    private void element(char c) {
        Matcher name = NAME.matcher(regex).region(at, regex.length());
        if (c == '[') {
            openClass();
        } else if (c == '(' && regex.startsWith("(?P<", at)) {
            portable.append("(?<");
            at += 4;
        } else if (c == '(' && name.lookingAt()) {
            portable.append("\\k<").append(name.group(1)).append('>');
            at = name.end();
        } else {
            if (c == '{'
                    && !QUANTIFIER.matcher(regex).region(at, regex.length()).lookingAt()) {
                portable.append('\\');
            }
            portable.append(c);
            at++;
        }
    }

    /** A bracket that comes first in a class stands for itself. */
    private void openClass() {
        inClass = true;
        portable.append('[');
        at++;
        if (at < regex.length() && regex.charAt(at) == '^') {
            portable.append('^');
            at++;
        }
        if (at < regex.length() && regex.charAt(at) == ']') {
            portable.append("\\]");
            at++;
        }
    }
}
