package clearml.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Rewrites HOCON as installations have it into HOCON that a strict parser reads: unquoted values may hold {@code :},
 * {@code //} (URLs) and every other character but those that end a value, and quoted ones may hold unknown escapes.
 *
 * <p>Line breaks stay where they are, so that the parser's line numbers are those of the file.
 */
final class LenientHocon {

    private static final String ESCAPES = "\"\\/bfnrtu";
    private static final String RESERVED = ":=?!@*&^`+\\$";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private enum Place {
        KEY,
        VALUE,
        ELEMENT
    }

    private final String in;
    private final StringBuilder out;
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;
    private Place place = Place.KEY;

    private LenientHocon(String in) {
        this.in = in;
        this.out = new StringBuilder(in.length() + 64);
    }

    static String strict(String hocon) {
        return new LenientHocon(hocon.startsWith("\uFEFF") ? hocon.substring(1) : hocon).rewrite();
    }

    private String rewrite() {
        while (at < in.length()) {
            char c = in.charAt(at);
            if (c == '"') {
                quoted();
            } else if (comment()) {
                skipComment();
            } else if (c == '{' || c == '[') {
                open(c);
            } else if (c == '}' || c == ']') {
                close();
            } else if (c == ',' || c == '\n') {
                copy(1);
                place = inList() ? Place.ELEMENT : Place.KEY;
            } else if (place == Place.KEY) {
                copy(1);
                if (c == ':' || c == '=') {
                    place = Place.VALUE;
                    copyBlanks();
                }
            } else if (Character.isWhitespace(c)) {
                copy(1);
            } else if (in.startsWith("${", at)) {
                substitution();
            } else {
                unquoted();
            }
        }
        return out.toString();
    }

    /** After {@code key:} a line break does not end the pair. */
    private void copyBlanks() {
        while (at < in.length() && Character.isWhitespace(in.charAt(at))) {
            copy(1);
        }
    }

    private void open(char c) {
        open.push(c);
        copy(1);
        place = c == '[' ? Place.ELEMENT : Place.KEY;
    }

    private void close() {
        open.poll();
        copy(1);
        // What follows on the same line is joined to this value.
        place = inList() ? Place.ELEMENT : Place.VALUE;
    }

    private boolean inList() {
        Character innermost = open.peek();
        return innermost != null && innermost == '[';
    }

    private boolean comment() {
        return in.charAt(at) == '#' || in.startsWith("//", at);
    }

    private void skipComment() {
        int end = in.indexOf('\n', at);
        at = end < 0 ? in.length() : end;
    }

    private void quoted() {
        if (in.startsWith("\"\"\"", at)) {
            int end = in.indexOf("\"\"\"", at + 3);
            int after = end < 0 ? in.length() : end + 3;
            while (end >= 0 && after < in.length() && in.charAt(after) == '"') {
                after++;
            }
            copy(after - at);
            return;
        }
        copy(1);
        while (at < in.length() && in.charAt(at) != '\n') {
            char c = in.charAt(at);
            if (c == '\\' && at + 1 < in.length() && in.charAt(at + 1) != '\n') {
                if (ESCAPES.indexOf(in.charAt(at + 1)) < 0) {
                    out.append('\\');
                }
                copy(2);
                continue;
            }
            copy(1);
            if (c == '"') {
                return;
            }
        }
    }

    private void substitution() {
        int end = in.indexOf('}', at);
        copy(end < 0 ? in.length() - at : end + 1 - at);
    }

    private void unquoted() {
        int end = at;
        while (end < in.length() && !endsUnquoted(end)) {
            end++;
        }
        boolean joined = end < in.length() && (in.charAt(end) == '"' || in.charAt(end) == '$');
        String text = in.substring(at, end);
        String value = joined ? text : text.stripTrailing();
        out.append(mustQuote(value) ? quote(value) : value).append(text, value.length(), text.length());
        at = end;
    }

    private boolean endsUnquoted(int index) {
        return switch (in.charAt(index)) {
            case '\n', ',', '[', ']', '{', '}', '"', '#' -> true;
            case '$' -> in.startsWith("${", index) && in.indexOf('}', index) > 0;
            case '/' -> in.startsWith("//", index) && Character.isWhitespace(in.charAt(index - 1));
            default -> false;
        };
    }

    private static boolean mustQuote(String value) {
        if (NUMBER.matcher(value).matches()) {
            return false;
        }
        return value.contains("//") || value.chars().anyMatch(c -> RESERVED.indexOf(c) >= 0);
    }

    static String quote(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 8).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private void copy(int length) {
        out.append(in, at, at + length);
        at += length;
    }
}
