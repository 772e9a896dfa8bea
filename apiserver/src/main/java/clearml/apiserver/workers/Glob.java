package clearml.apiserver.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern as Redis has them: {@code *} any text, {@code ?} any character, {@code [abc]}, {@code [a-z]}, {@code [^a]} one
 * of some, and a backslash before what is meant literally. Takes no more than pattern times text, whatever the pattern.
 */
final class Glob {

    private static final IntPredicate ANY_TEXT = c -> true;

    private final List<IntPredicate> parts = new ArrayList<>();

    Glob(String pattern) {
        int at = 0;
        while (at < pattern.length()) {
            at = add(pattern, at);
        }
    }

    /** Adds the part that begins there, and returns where the next one does. */
    private int add(String pattern, int at) {
        char c = pattern.charAt(at);
        switch (c) {
            case '*' -> parts.add(ANY_TEXT);
            case '?' -> parts.add(any -> any >= 0);
            case '[' -> {
                return addSet(pattern, at + 1);
            }
            case '\\' -> {
                char literal = at + 1 < pattern.length() ? pattern.charAt(at + 1) : c;
                parts.add(actual -> actual == literal);
                return at + 2;
            }
            default -> parts.add(actual -> actual == c);
        }
        return at + 1;
    }

    private int addSet(String pattern, int from) {
        boolean not = from < pattern.length() && pattern.charAt(from) == '^';
        int end = pattern.indexOf(']', from);
        int until = end < 0 ? pattern.length() : end;
        String members = pattern.substring(not ? from + 1 : from, until);
        parts.add(actual -> contains(members, actual) != not);
        return until + 1;
    }

    private static boolean contains(String members, int c) {
        for (int i = 0; i < members.length(); i++) {
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            if (range ? members.charAt(i) <= c && c <= members.charAt(i + 2) : members.charAt(i) == c) {
                return true;
            }
            i += range ? 2 : 0;
        }
        return false;
    }

    boolean matches(String text) {
        int part = 0;
        int at = 0;
        int star = -1;
        int afterStar = 0;
        while (at < text.length()) {
            if (part < parts.size() && parts.get(part) == ANY_TEXT) {
                star = part++;
                afterStar = at;
            } else if (part < parts.size() && parts.get(part).test(text.charAt(at))) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == ANY_TEXT) {
            part++;
        }
        return part == parts.size();
    }
}
