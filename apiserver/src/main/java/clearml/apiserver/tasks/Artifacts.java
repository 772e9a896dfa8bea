package clearml.apiserver.tasks;

import clearml.apiserver.call.PythonText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The words of artifacts, and the order of what they display. */
final class Artifacts {

    static final String OUTPUT = "output";
    static final String INPUT = "input";

    private Artifacts() {}

    /** Display data (rows of texts and numbers) in ascending order; by their text when they cannot be compared. */
    static Object sorted(@Nullable Object displayData) {
        if (displayData == null) {
            return new ArrayList<>();
        }
        if (!(displayData instanceof List<?> rows)) {
            return displayData;
        }
        List<Object> sorted = new ArrayList<>(rows);
        try {
            sorted.sort(Artifacts::compare);
        } catch (ClassCastException e) {
            sorted.sort(Comparator.comparing(PythonText::str));
        }
        return sorted;
    }

    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one instanceof List<?> row && other instanceof List<?> otherRow) {
            return compareRows(row, otherRow);
        }
        if (one instanceof Number number && other instanceof Number otherNumber) {
            return Double.compare(number.doubleValue(), otherNumber.doubleValue());
        }
        if (one instanceof String text && other instanceof String otherText) {
            return text.compareTo(otherText);
        }
        throw new ClassCastException("not comparable");
    }

    private static int compareRows(List<?> row, List<?> other) {
        for (int i = 0; i < Math.min(row.size(), other.size()); i++) {
            Object cell = row.get(i);
            Object otherCell = other.get(i);
            int order = cell == null && otherCell == null ? 0 : compare(cell, otherCell);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(row.size(), other.size());
    }

    /** Where the artifacts are that a task made. */
    static Set<String> outputUrls(Document task) {
        Set<String> urls = new LinkedHashSet<>();
        if (task.get("execution") instanceof Map<?, ?> execution
                && execution.get("artifacts") instanceof Map<?, ?> artifacts) {
            for (Object item : artifacts.values()) {
                if (item instanceof Map<?, ?> artifact
                        && !INPUT.equals(artifact.get("mode"))
                        && artifact.get("uri") instanceof String uri
                        && !uri.isEmpty()) {
                    urls.add(uri);
                }
            }
        }
        return urls;
    }
}
