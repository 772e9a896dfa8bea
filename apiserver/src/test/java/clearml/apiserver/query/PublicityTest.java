package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.query.entities.Entities;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicityTest {

    private final MemoryMongo mongo = new MemoryMongo();
    private final Publicity publicity = new Publicity(mongo.stores);

    @BeforeEach
    void fill() {
        mongo.insert(
                "task",
                "{_id:'own',company:'c',name:'own'}",
                "{_id:'open',company:'',name:'open',company_origin:'d'}",
                "{_id:'other',company:'d',name:'other'}");
        mongo.insert("project", "{_id:'p',company:'c',name:'own'}");
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void public_documents_and_those_of_others_are_not_writable() {
        publicity.checkWritable(Entities.TASK, List.of("own", "own"), "c", ApiError.INVALID_TASK_ID);
        assertThatThrownBy(() -> publicity.checkWritable(
                        Entities.TASK, List.of("own", "open", "nope"), "c", ApiError.INVALID_TASK_ID))
                .hasMessage("Forbidden (modification not allowed) (cannot modify public task(s), ids=('open',))");
        assertThatThrownBy(() ->
                        publicity.checkWritable(Entities.TASK, List.of("own", "other"), "c", ApiError.INVALID_TASK_ID))
                .hasMessage("Invalid task id: ids=(other)");
    }

    @Test
    void a_document_is_made_public_and_taken_back() {
        assertThat(publicity.open(Entities.TASK, List.of("own"), "c", "u", ApiError.INVALID_TASK_ID))
                .isEqualTo(1);
        assertThat(task("own"))
                .containsEntry("company", "")
                .containsEntry("company_origin", "c")
                .containsEntry("last_changed_by", "u")
                .containsKey("last_change");
        assertThat(publicity.close(Entities.TASK, List.of("own"), "c", "u", ApiError.INVALID_TASK_ID))
                .isEqualTo(1);
        assertThat(task("own")).containsEntry("company", "c").doesNotContainKey("company_origin");
    }

    @Test
    void nothing_is_changed_when_one_of_the_documents_is_not_ones_own() {
        assertThatThrownBy(() ->
                        publicity.open(Entities.TASK, List.of("own", "other"), "c", "u", ApiError.INVALID_TASK_ID))
                .hasMessage("Invalid task id: ids=(other)");
        assertThatThrownBy(() -> publicity.close(Entities.TASK, List.of("open"), "c", "u", ApiError.INVALID_TASK_ID))
                .hasMessage("Invalid task id: ids=(open)");
        assertThat(task("own")).containsEntry("company", "c");
    }

    @Test
    void projects_do_not_tell_when_they_were_changed() {
        publicity.open(Entities.PROJECT, List.of("p"), "c", "u", ApiError.INVALID_PROJECT_ID);
        assertThat(mongo.stores.backend("project").find().first()).doesNotContainKey("last_change");
    }

    private Document task(String id) {
        return mongo.stores.backend("task").find(new Document("_id", id)).first();
    }
}
