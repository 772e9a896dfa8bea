package clearml.apiserver.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tags as clients below API version 2.3 know them: system tags are among the tags there. */
public final class Tags {

    private static final String ANNOTATION = "annotat";

    /** Names that were system tags all along. */
    public static final Set<String> OF_TASKS = Set.of("active", "archived", "development", ANNOTATION);

    public static final Set<String> OF_MODELS = Set.of("active", "archived");
    public static final Set<String> OF_PROJECTS = Set.of("archived", "public", "default");

    private Tags() {}

    /**
     * Divides the tags of an older request, a filter or a change, into tags and system tags, unless it names system tags
     * itself.
     *
     * @param systemTags the names of the entity; those that begin with {@code annotat} count too if that is among them
     */
    public static void divide(Map<String, Object> request, Set<String> systemTags) {
        if (!(request.get("tags") instanceof List<?> tags) || Truth.of(request.get("system_tags"))) {
            return;
        }
        Set<Object> own = new LinkedHashSet<>();
        Set<Object> system = new LinkedHashSet<>();
        for (Object tag : tags) {
            (tag instanceof String text && isSystem(text, systemTags) ? system : own).add(tag);
        }
        request.put("tags", new ArrayList<>(own));
        request.put("system_tags", new ArrayList<>(system));
    }

    private static boolean isSystem(String tag, Set<String> names) {
        String name = tag.startsWith("-") ? tag.substring(1) : tag;
        return names.contains(name)
                || (names.contains(ANNOTATION) && name.toLowerCase(Locale.ROOT).startsWith(ANNOTATION));
    }

    /** Adds the system tags of an answered row to its tags. */
    public static void unite(Map<String, Object> row) {
        if (row.get("system_tags") instanceof List<?> system && !system.isEmpty()) {
            Set<String> all = new TreeSet<>();
            system.forEach(tag -> all.add(String.valueOf(tag)));
            if (row.get("tags") instanceof List<?> tags) {
                tags.forEach(tag -> all.add(String.valueOf(tag)));
            }
            row.put("tags", new ArrayList<>(all));
        }
    }
}
