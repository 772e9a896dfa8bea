package clearml.apiserver.query;

import java.util.List;

/**
 * Which request keys filter a list of entities, and how. A name ending with {@code .*} stands for all keys below it;
 * keys that are not named are ignored.
 *
 * @param patterns regular expressions on text
 * @param lists values with operators, see {@link ListFilter}
 * @param ranges {@code [min, max]}
 * @param dates dates with comparison operators
 * @param plain equality with any JSON value
 */
public record FilterFields(
        List<String> patterns, List<String> lists, List<String> ranges, List<String> dates, List<String> plain) {

    /** Filters of entities that declare none of their own. */
    public static final FilterFields BASIC =
            new FilterFields(List.of("name"), List.of("id", "tags", "system_tags"), List.of(), List.of(), List.of());

    static boolean contains(List<String> declared, String key) {
        for (String name : declared) {
            if (name.endsWith(".*") ? key.startsWith(name.substring(0, name.length() - 1)) : name.equals(key)) {
                return true;
            }
        }
        return false;
    }
}
