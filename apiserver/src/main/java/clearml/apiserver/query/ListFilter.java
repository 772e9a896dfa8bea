package clearml.apiserver.query;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.PythonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A list of values, exclusions ({@code -x}), operators ({@code __$all __$and __$any __$or __$not __$nop}) and null (no
 * value) on a field. Read from left to right; values are included by any of them until an operator says by all.
 */
final class ListFilter {

    private static final String OPERATOR = "__$";
    private static final String NOT = "__$not";

    private final String name;
    private final Set<String> any = new LinkedHashSet<>();
    private final Set<String> all = new LinkedHashSet<>();
    private final Set<String> none = new LinkedHashSet<>();
    private boolean empty;

    private boolean inAll;
    private boolean literalMinus;
    private boolean negated;
    private boolean started;
    private boolean joinedByOr;

    private ListFilter(String name) {
        this.name = name;
    }

    /**
     * The condition on a stored path, null if nothing is asked.
     *
     * @param name of the field in error texts
     * @param value a text, null, or a list of these
     */
    static @Nullable Document condition(String name, String path, @Nullable Object value) {
        ListFilter filter = new ListFilter(name);
        for (Object item : value instanceof Collection<?> items ? items : List.of(value == null ? "" : value)) {
            filter.read(item);
        }
        if (filter.negated) {
            throw ApiError.FIELDS_VALUE_ERROR.of("Value is expected after").with("operator", NOT);
        }
        return filter.condition(path);
    }

    private void read(@Nullable Object item) {
        if (item == null) {
            empty = true;
            negated = false;
        } else if (!(item instanceof String text)) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("invalid value type, string expected")
                    .with("field", name)
                    .with("value", PythonText.str(item));
        } else if (text.startsWith(OPERATOR)) {
            operator(text);
        } else {
            value(text);
        }
    }

    private void operator(String operator) {
        if (negated) {
            throw ApiError.FIELDS_VALUE_ERROR
                    .of("Value is expected after")
                    .with("field", name)
                    .with("operator", NOT);
        }
        switch (operator) {
            case NOT -> negated = true;
            case "__$all", "__$and" -> context(true);
            case "__$any", "__$or" -> context(false);
            case "__$nop" -> {
                inAll = false;
                literalMinus = false;
            }
            default ->
                throw ApiError.FIELDS_VALUE_ERROR
                        .of("Unsupported operator")
                        .with("field", name)
                        .with("operator", operator);
        }
    }

    private void context(boolean allOfThem) {
        inAll = allOfThem;
        literalMinus = true;
        if (!started) {
            joinedByOr = !allOfThem;
            started = true;
        }
    }

    private void value(String text) {
        started = true;
        if (negated) {
            negated = false;
            none.add(text);
        } else if (!literalMinus && text.startsWith("-")) {
            if (text.length() == 1) {
                throw ApiError.FIELDS_VALUE_ERROR
                        .of("Missing value after the exclude prefix -")
                        .with("field", name)
                        .with("value", "");
            }
            none.add(text.substring(1));
        } else {
            (inAll ? all : any).add(text);
        }
    }

    private @Nullable Document condition(String path) {
        List<Document> groups = new ArrayList<>();
        group(groups, path, "$in", any);
        group(groups, path, "$all", all);
        group(groups, path, "$nin", none);
        Document condition = groups.isEmpty() ? null : Clauses.join(joinedByOr ? "$or" : "$and", groups);
        if (!empty) {
            return condition;
        }
        List<Document> alternatives = new ArrayList<>();
        if (condition != null) {
            alternatives.add(condition);
        }
        // said this way round it is true of a path through an empty array in every store
        alternatives.add(new Document("$nor", List.of(new Document(path, new Document("$exists", true)))));
        alternatives.add(new Document(path, List.of()));
        alternatives.add(new Document(path, null));
        return new Document("$or", alternatives);
    }

    private static void group(List<Document> groups, String path, String operator, Set<String> values) {
        if (!values.isEmpty()) {
            // all of a single value is any of it, also where the field is no list
            boolean single = operator.equals("$all") && values.size() == 1;
            groups.add(new Document(path, new Document(single ? "$in" : operator, List.copyOf(values))));
        }
    }
}
