package clearml.apiserver.projects;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.MemoryMongo;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A branch of projects whose server dies anywhere in a renaming. */
class ProjectBranchesTest {

    private static final Map<String, String> OLD = Map.of("a", "old", "b", "old/bbb", "c", "old/bbb/ccc", "x", "xxx");
    private static final Map<String, String> NEW =
            Map.of("a", "xxx/new", "b", "xxx/new/bbb", "c", "xxx/new/bbb/ccc", "x", "xxx");

    private final MemoryMongo mongo = new MemoryMongo();
    private final ProjectStore store = new ProjectStore(mongo.stores);
    private final ProjectBranches branches = new ProjectBranches(store, mongo.stores);
    private final Bson change = Updates.combine(
            Updates.set("name", "xxx/new"), Updates.set("parent", "x"), Updates.set("path", List.of("x")));

    @BeforeEach
    void insert() {
        mongo.insert(
                "project",
                "{_id: 'x', company: 'c', name: 'xxx', path: []}",
                "{_id: 'a', company: 'c', name: 'old', path: []}",
                "{_id: 'b', company: 'c', name: 'old/bbb', parent: 'a', path: ['a']}",
                "{_id: 'c', company: 'c', name: 'old/bbb/ccc', parent: 'b', path: ['a', 'b']}");
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void allBelowFollow() {
        branches.relocate("a", "c", change);

        assertThat(names()).isEqualTo(NEW);
        assertThat(paths()).isEqualTo(Map.of("a", "[x]", "b", "[x, a]", "c", "[x, a, b]", "x", "[]"));
        assertThat(branches.begun()).isEmpty();
    }

    @Test
    void whatWasOnlyNotedStaysAsItWas() {
        note();

        branches.complete("c");

        assertThat(names()).isEqualTo(OLD);
        assertThat(branches.begun()).isEmpty();
    }

    @Test
    void whatWasBegunIsDone() {
        note();
        store.update("a", "c", change);

        branches.complete("another");
        assertThat(branches.begun()).containsExactly("c");
        branches.complete("c");

        assertThat(names()).isEqualTo(NEW);
        assertThat(branches.begun()).isEmpty();
    }

    @Test
    void whatWasHalfDoneIsDone() {
        note();
        store.update("a", "c", change);
        store.update(
                "c",
                "c",
                Updates.combine(Updates.set("name", "xxx/new/bbb/ccc"), Updates.set("path", List.of("x", "a", "b"))));

        branches.complete("c");

        assertThat(names()).isEqualTo(NEW);
        assertThat(paths()).containsEntry("b", "[x, a]").containsEntry("c", "[x, a, b]");
    }

    @Test
    void whatIsGoneIsForgotten() {
        mongo.insert("x_relocation", "{_id: 'gone', company: 'c'}");

        branches.complete("c");

        assertThat(branches.begun()).isEmpty();
    }

    private void note() {
        mongo.insert("x_relocation", "{_id: 'a', company: 'c'}");
    }

    private Map<String, String> names() {
        return each("name");
    }

    private Map<String, String> paths() {
        return each("path");
    }

    private Map<String, String> each(String member) {
        Map<String, String> found = new TreeMap<>();
        for (Document project : mongo.stores.backend("project").find()) {
            found.put(project.getString("_id"), String.valueOf(project.get(member)));
        }
        return found;
    }
}
