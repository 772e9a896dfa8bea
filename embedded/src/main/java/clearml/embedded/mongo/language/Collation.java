package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * How strings compare. Without a collation by their bytes; with one by letters first, then accents, then case (lower
 * before upper), cut off by {@code strength}; with {@code numericOrdering} runs of digits by their value. An
 * approximation of ICU's root order that is exact for ASCII letters and digits.
 */
public record Collation(boolean simple, int strength, boolean numericOrdering) {

    /** Plain comparison, by UTF-16 units; that is the order of bytes but for characters beyond U+FFFF. */
    public static final Collation SIMPLE = new Collation(true, 3, false);

    /** Reads a command's {@code collation}; null, empty and locale "simple" are {@link #SIMPLE}. */
    public static Collation of(@Nullable Object spec) {
        if (!(spec instanceof Document d) || d.isEmpty() || "simple".equals(d.get("locale"))) {
            return SIMPLE;
        }
        int strength = d.get("strength") instanceof Number n ? n.intValue() : 3;
        return new Collation(false, strength, Values.truthy(d.get("numericOrdering")));
    }

    int compare(String a, String b) {
        if (simple) {
            return a.compareTo(b);
        }
        if (a.equals(b)) {
            return 0;
        }
        String x = decomposed(a);
        String y = decomposed(b);
        int order = compareLetters(x, y);
        if (order == 0 && strength >= 2) {
            order = marks(x).compareTo(marks(y));
        }
        if (order == 0 && strength >= 3) {
            order = compareCase(x, y);
        }
        return order;
    }

    private static String decomposed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return Normalizer.normalize(text, Normalizer.Form.NFD);
            }
        }
        return text;
    }

    private int compareLetters(String a, String b) {
        int i = 0;
        int j = 0;
        while (true) {
            i = skipMarks(a, i);
            j = skipMarks(b, j);
            if (i == a.length() || j == b.length()) {
                return Boolean.compare(i < a.length(), j < b.length());
            }
            char x = a.charAt(i);
            char y = b.charAt(j);
            if (numericOrdering && digit(x) && digit(y)) {
                int endA = endOfDigits(a, i);
                int endB = endOfDigits(b, j);
                int order = compareDigits(a, i, endA, b, j, endB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
                continue;
            }
            int order = Integer.compare(primary(x), primary(y));
            if (order != 0) {
                return order;
            }
            i++;
            j++;
        }
    }

    private static int skipMarks(String s, int from) {
        int i = from;
        while (i < s.length() && mark(s.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean mark(char c) {
        return c >= 0x300 && Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfDigits(String s, int from) {
        int i = from;
        while (i < s.length() && digit(s.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int compareDigits(String a, int i, int endA, String b, int j, int endB) {
        int x = i;
        int y = j;
        while (x < endA - 1 && a.charAt(x) == '0') {
            x++;
        }
        while (y < endB - 1 && b.charAt(y) == '0') {
            y++;
        }
        int byLength = Integer.compare(endA - x, endB - y);
        return byLength != 0 ? byLength : a.substring(x, endA).compareTo(b.substring(y, endB));
    }

    /** White space, then punctuation, symbols, digits, letters. */
    private static int primary(char c) {
        char folded = Character.toLowerCase(c);
        int group;
        if (Character.isLetter(c)) {
            group = 5;
        } else if (Character.isDigit(c)) {
            group = 4;
        } else if (Character.isWhitespace(c) || Character.isISOControl(c)) {
            group = 1;
        } else {
            group = punctuation(c) ? 2 : 3;
        }
        return group << 16 | (group == 2 ? punctuationRank(c) : folded);
    }

    private static boolean punctuation(char c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static int punctuationRank(char c) {
        int known = "_-,;:!?.'\"()[]{}@*/\\&#%".indexOf(c);
        return known >= 0 ? known : 100 + c;
    }

    private static String marks(String s) {
        StringBuilder marks = new StringBuilder();
        for (int i = 0; i < s.length(); i++) {
            marks.append(mark(s.charAt(i)) ? s.charAt(i) : ' ');
        }
        return s.chars().anyMatch(c -> mark((char) c)) ? marks.toString() : "";
    }

    private static int compareCase(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            int order = Boolean.compare(Character.isUpperCase(a.charAt(i)), Character.isUpperCase(b.charAt(i)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
