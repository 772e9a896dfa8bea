package clearml.embedded.mongo.language;

import clearml.embedded.mongo.language.Pipeline.Stage;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code $group}. */
final class GroupStage implements Stage {

    private record Field(String name, String accumulator, Expression expression) {}

    private record Group(@Nullable Object id, List<Accumulators.State> states) {}

    private final Expression id;
    /** The members of an {@code _id} that is an object; null for another one. */
    private final @Nullable Collection<Expression> members;

    private final List<Field> fields = new ArrayList<>();
    private final Collation collation;
    private final Map<String, @Nullable Object> variables;

    GroupStage(Document spec, Collation collation, Map<String, @Nullable Object> variables) {
        this.collation = collation;
        this.variables = variables;
        if (!spec.containsKey("_id")) {
            throw Errors.location(15955, "a group specification must include an _id");
        }
        this.id = Expressions.parse(spec.get("_id"));
        this.members = spec.get("_id") instanceof Document by && !Expressions.isOperator(by)
                ? Expressions.members(by).values()
                : null;
        spec.forEach((name, value) -> {
            if (!name.equals("_id")) {
                fields.add(field(name, value));
            }
        });
    }

    private Field field(String name, @Nullable Object value) {
        if (!(value instanceof Document d)) {
            throw Errors.location(40234, "The field '" + name + "' must be an accumulator object");
        }
        if (d.size() != 1) {
            throw Errors.location(40238, "The field '" + name + "' must specify one accumulator");
        }
        Map.Entry<String, Object> entry = d.entrySet().iterator().next();
        String accumulator = entry.getKey();
        Accumulators.state(accumulator, collation);
        return new Field(
                name, accumulator, accumulator.equals("$count") ? scope -> 1 : Expressions.parse(entry.getValue()));
    }

    @Override
    public Stream<Document> apply(Stream<Document> documents) {
        Map<Object, Group> groups =
                collation.simple() ? new LinkedHashMap<>() : new TreeMap<>(ArrayOperators.natural(collation));
        documents.forEach(document -> {
            Scope scope = new Scope(document, variables, collation);
            Group group = groups.computeIfAbsent(key(scope), key -> group(id.evaluate(scope)));
            for (int i = 0; i < fields.size(); i++) {
                group.states.get(i).add(fields.get(i).expression.evaluate(scope));
            }
        });
        return groups.values().stream().map(this::result);
    }

    /** What the documents of a group have in common. An object is made once for each group, not for each document. */
    private Object key(Scope scope) {
        if (members == null || !collation.simple()) {
            Object value = id.evaluate(scope);
            return collation.simple() ? Values.key(value) : value == null ? Values.MISSING : value;
        }
        List<Object> key = new ArrayList<>(members.size());
        for (Expression member : members) {
            Object value = member.evaluate(scope);
            key.add(value == Values.MISSING ? value : Values.key(value));
        }
        return key;
    }

    private Group group(@Nullable Object key) {
        List<Accumulators.State> states = new ArrayList<>(fields.size());
        fields.forEach(field -> states.add(Accumulators.state(field.accumulator, collation)));
        return new Group(key == Values.MISSING ? null : key, states);
    }

    private Document result(Group group) {
        Document result = new Document("_id", group.id);
        for (int i = 0; i < fields.size(); i++) {
            result.put(fields.get(i).name, group.states.get(i).result());
        }
        return result;
    }
}
