package clearml.acceptance;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, parents and paths of projects: made, changed, moved, merged. */
class ProjectTreeTest {

    private final ProjectCalls projects = new ProjectCalls();
    private final String root = ProjectCalls.name();

    @Test
    void aNewProjectHasTheParentsThatItsNameNeeds() {
        var id = projects.create(root + "/middle/leaf", "description", "what for", "tags", List.of("b", "a"));

        var top = projects.named(root);
        var middle = projects.get(projects.named(root + "/middle").path("id").asString());
        var leaf = projects.get(id);
        assertThat(leaf.path("basename").asString()).isEqualTo("leaf");
        assertThat(leaf.path("description").asString()).isEqualTo("what for");
        assertThatJson(leaf.path("tags").toString()).isEqualTo("['a', 'b']");
        assertThat(leaf.path("featured").asInt()).isEqualTo(9999);
        assertThat(leaf.path("parent")).isEqualTo(middle.path("id"));
        assertThatJson(leaf.path("path").toString())
                .isEqualTo(List.of(top.path("id").asString(), middle.path("id").asString()));
        assertThat(middle.path("parent")).isEqualTo(top.path("id"));
        assertThat(middle.path("description").asString()).isEmpty();
        assertThatJson(middle.path("tags").toString()).isEqualTo("[]");
        assertThat(top.has("parent")).isFalse();
    }

    @Test
    void aNameIsStoredWithoutEmptyPartsAndOuterBlanks() {
        var id = projects.create("/" + root + "//  leaf /");

        assertThat(projects.get(id).path("name").asString()).isEqualTo(root + "/leaf");
    }

    @ParameterizedTest
    @CsvSource({
        "/, 400/407",
        "abc/ /def, 400/407",
        "'abc/ ', 400/407",
        "ab, 400/12",
        "\ud83d\ude00b, 400/12",
        "abc/d, 400/12",
        "a/bcd, 400/12"
    })
    void aNameWithAPartThatIsTooShortOrBlankIsRefused(String name, String code) {
        projects.call("create", "name", name).fails(code);
        assertThat(projects.named("abc/d").isMissingNode()).isTrue();
        assertThat(projects.named("abc/def").isMissingNode()).isTrue();
    }

    @Test
    void aNameThatIsMissingOrNoTextIsRefused() {
        projects.call("create").fails("400/11", "Missing required fields: missing=(name)");
        for (var name : new Object[] {null, 5, true, List.of("abc"), Map.of("a", "b")}) {
            assertThat(projects.call("create", "name", name).code())
                    .as("%s", name)
                    .isEqualTo("400/12");
        }
    }

    @Test
    void whatIsNoListOfTextsIsNoTags() {
        projects.call("create", "name", root, "tags", "text").fails("400/800");
        projects.call("create", "name", root, "tags", List.of("__$not"))
                .fails("400/16", "Invalid value for fields (unsupported tag prefix): values=(__$not)");
        assertThat(projects.named(root).isMissingNode()).isTrue();
    }

    @Test
    void aNameIsTakenOnce() {
        projects.create(root + "/leaf");

        var again = projects.call("create", "name", root + "/leaf").fails("400/801");
        assertThat(again.message()).startsWith("Project with the same name already exists: name=" + root + "/leaf");
        projects.call("create", "name", root.toUpperCase(java.util.Locale.ROOT)).ok();
    }

    @Test
    void ofManyWhoMakeAProjectAtOnceOneSucceedsAndTheOthersAreTold() throws Exception {
        List<Callable<String>> calls = Collections.nCopies(
                8, () -> projects.call("create", "name", root + "/a level/leaf").code());
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<String> codes = new ArrayList<>();
            for (var code : pool.invokeAll(calls)) {
                codes.add(code.get());
            }
            assertThat(codes).containsOnlyOnce("200/0");
            assertThat(Collections.frequency(codes, "400/801")).isEqualTo(7);
        } finally {
            pool.shutdownNow();
        }
        assertThat(projects.names("get_all", "name", "^" + root)).hasSize(3);
    }

    @Test
    void tenLevelsAreTheMost() {
        projects.create(root + "/level".repeat(9));

        projects.call("create", "name", root + "/level".repeat(10))
                .fails("400/409", "Project path exceed the maximum allowed depth: max_depth=10");
        var other = projects.create(root + " other/part");
        projects.call("move", "project", other, "new_location", root + "/level".repeat(9))
                .fails("400/409");
        assertThat(projects.get(other).path("name").asString()).isEqualTo(root + " other/part");
    }

    @Test
    void newProjectsAreNewsOfTheirParent() throws InterruptedException {
        var parent = projects.create(root);
        var before = projects.get(parent).path("last_update").asString();
        Thread.sleep(5);

        projects.create(root + "/leaf");

        assertThat(projects.get(parent).path("last_update").asString()).isGreaterThan(before);
    }

    @Test
    void aNewNameReachesAllBelow() {
        var parent = projects.create(root + "/parent");
        var leaf = projects.create(root + "/parent/middle/leaf");

        var answer = projects.call("update", "project", parent, "name", root + "/renamed")
                .ok()
                .data();

        assertThat(answer.path("updated").asInt()).isEqualTo(1);
        assertThat(answer.at("/fields/name").asString()).isEqualTo(root + "/renamed");
        assertThat(projects.get(parent).path("basename").asString()).isEqualTo("renamed");
        assertThat(projects.get(leaf).path("name").asString()).isEqualTo(root + "/renamed/middle/leaf");
        assertThat(projects.names("get_all", "name", "^" + root + "/parent")).isEmpty();
    }

    @Test
    void updatingNeitherMovesNorTakesANameTwice() {
        var one = projects.create(root + "/one");
        var leaf = projects.create(root + "/one/leaf");
        projects.create(root + "/two");

        projects.call("update", "project", one, "name", "elsewhere/one").fails("400/408");
        projects.call("update", "project", one, "name", root + "/two").fails("400/801");
        projects.call("update", "project", one, "name", root + "/on").fails("400/800");
        projects.call("update", "project", one, "name", root + "/ ").fails("400/407");
        projects.call("update", "project", "unknown", "name", "abc").fails("400/401");
        assertThat(projects.get(leaf).path("name").asString()).isEqualTo(root + "/one/leaf");
    }

    @Test
    void updatingWritesWhatIsGivenEvenNull() {
        var id = projects.create(root, "description", "old");

        var answer = projects.call(
                        "update",
                        "project",
                        id,
                        "description",
                        null,
                        "tags",
                        List.of("y", "x"),
                        "default_output_destination",
                        " s3://bucket ",
                        "unknown",
                        1)
                .ok()
                .data();

        assertThatJson(answer.at("/fields/tags").toString()).isEqualTo("['x', 'y']");
        assertThat(answer.path("fields").has("unknown")).isFalse();
        assertThat(answer.at("/fields/description").isNull()).isTrue();
        var project = projects.get(id);
        assertThat(project.path("description").asString("")).isEmpty();
        assertThat(project.path("default_output_destination").asString()).isEqualTo("s3://bucket");
        projects.call("update", "project", id, "name", null).ok();
        assertThat(projects.get(id).path("name").asString()).isEqualTo(root);
        var untagged = projects.call("update", "project", id, "tags", null).ok().data();
        assertThatJson(untagged.at("/fields/tags").toString()).isEqualTo("[]");
    }

    @Test
    void aBranchMovesBelowAProjectThatIsMadeForIt() {
        var branch = projects.create(root + "/one/branch");
        var leaf = projects.create(root + "/one/branch/leaf");

        assertThat(projects.call("move", "project", branch, "new_location", root + "/new place")
                        .ok()
                        .data()
                        .path("moved")
                        .asInt())
                .isEqualTo(2);

        var place = projects.get(projects.named(root + "/new place").path("id").asString());
        assertThat(projects.get(leaf).path("name").asString()).isEqualTo(root + "/new place/branch/leaf");
        assertThat(projects.get(branch).path("parent")).isEqualTo(place.path("id"));
        assertThat(projects.get(leaf).path("path").valueStream().map(id -> id.asString()))
                .containsExactly(
                        place.path("path").path(0).asString(), place.path("id").asString(), branch);
    }

    @Test
    void aBranchMovesToTheRoot() {
        var branch = projects.create(root + "/" + root);
        var leaf = projects.create(root + "/" + root + "/leaf");
        projects.call("update", "project", projects.named(root).path("id").asString(), "name", root + " former")
                .ok();

        projects.call("move", "project", branch, "new_location", "").ok();

        assertThat(projects.get(branch).path("name").asString()).isEqualTo(root);
        assertThat(projects.get(branch).has("parent")).isFalse();
        assertThat(projects.get(leaf).path("name").asString()).isEqualTo(root + "/leaf");
        assertThat(projects.get(leaf).path("path").valueStream().map(id -> id.asString()))
                .containsExactly(branch);
    }

    @Test
    void aMoveThatMakesNoSenseChangesNothing() {
        var branch = projects.create(root + "/branch");
        projects.create(root + "/branch/leaf");
        projects.create(root + "/other/branch");

        projects.call("move", "project", branch, "new_location", root).fails("400/410");
        projects.call("move", "project", branch, "new_location", root + "/branch/leaf")
                .fails("400/411");
        projects.call("move", "project", branch, "new_location", root + "/branch")
                .fails("400/411");
        projects.call("move", "project", branch, "new_location", root + "/branch/new")
                .fails("400/411");
        projects.call("move", "project", branch, "new_location", root + "/other")
                .fails("400/801");
        projects.call("move", "project", branch, "new_location", root + "/ /new")
                .fails("400/407");
        projects.call("move", "project", "unknown", "new_location", root).fails("400/401");
        projects.call("move", "project", branch).fails("400/12");
        assertThat(projects.names("get_all", "name", "^" + root, "order_by", List.of("name")))
                .containsExactly(
                        root, root + "/branch", root + "/branch/leaf", root + "/other", root + "/other/branch");
    }

    @Test
    void mergingMovesEverythingAndDeletesTheSource() {
        var source = projects.create(root + "/source");
        var leaf = projects.create(root + "/source/a child/leaf");
        var destination = projects.create(root + "/destination");
        var task = projects.tasks().create("project", source);
        var archived = projects.tasks().create("project", source, "system_tags", List.of("archived"));
        var model = projects.model("project", source);

        var answer = projects.call("merge", "project", source, "destination_project", destination)
                .ok()
                .data();

        assertThat(answer.path("moved_projects").asInt()).isEqualTo(1);
        assertThat(answer.path("moved_entities").asInt()).isBetween(2, 3);
        assertThat(projects.tasks().get(task).path("project").asString()).isEqualTo(destination);
        assertThat(projects.tasks().get(archived).path("project").asString()).isEqualTo(destination);
        assertThat(projects.tasks()
                        .api()
                        .call("models.get_by_id", Map.of("model", model))
                        .data()
                        .at("/model/project")
                        .asString())
                .isEqualTo(destination);
        assertThat(projects.get(leaf).path("name").asString()).isEqualTo(root + "/destination/a child/leaf");
        projects.call("get_by_id", "project", source).fails("400/401");
    }

    @Test
    void tagsAreListedWhereTheirTasksAreAfterAMerge() {
        var from = projects.create(root + "/from");
        var source = projects.create(root + "/from/source");
        var destination = projects.create(root + "/other");
        projects.tasks().create("project", source, "tags", List.of("moved"));
        assertThat(tags(from)).containsExactly("moved");
        assertThat(tags(destination)).isEmpty();

        projects.call("merge", "project", source, "destination_project", destination)
                .ok();

        assertThat(tags(from)).isEmpty();
        assertThat(tags(destination)).containsExactly("moved");
    }

    private List<String> tags(String project) {
        return projects.call("get_task_tags", "projects", List.of(project))
                .ok()
                .data()
                .path("tags")
                .valueStream()
                .map(tag -> tag.asString())
                .toList();
    }

    @Test
    void aChildMayTakeTheNameOfTheProjectThatIsMergedAway() {
        var destination = projects.create(root);
        var source = projects.create(root + "/same");
        var leafOfChild = projects.create(root + "/same/same/leaf");
        var leaf = projects.create(root + "/same/leaf");
        var task = projects.tasks().create("project", source);

        var answer = projects.call("merge", "project", source, "destination_project", destination)
                .ok()
                .data();

        assertThat(answer.path("moved_projects").asInt()).isEqualTo(2);
        assertThat(projects.tasks().get(task).path("project").asString()).isEqualTo(destination);
        assertThat(projects.get(leafOfChild).path("name").asString()).isEqualTo(root + "/same/leaf");
        assertThat(projects.get(leaf).path("name").asString()).isEqualTo(root + "/leaf");
        assertThat(projects.names("get_all", "name", "^" + root, "order_by", List.of("name")))
                .containsExactly(root, root + "/leaf", root + "/same", root + "/same/leaf");
    }

    @Test
    void aMergeThatMakesNoSenseChangesNothing() {
        var source = projects.create(root + "/source");
        var child = projects.create(root + "/source/same");
        var other = projects.create(root + "/other");
        projects.create(root + "/other/same");
        var task = projects.tasks().create("project", source);

        projects.call("merge", "project", source, "destination_project", source).fails("400/410");
        projects.call("merge", "project", source, "destination_project", child).fails("400/412");
        projects.call("merge", "project", source, "destination_project", other).fails("400/801");
        projects.call("merge", "project", "unknown", "destination_project", other)
                .fails("400/401");
        projects.call("merge", "project", source, "destination_project", "unknown")
                .fails("400/401");
        assertThat(projects.tasks().get(task).path("project").asString()).isEqualTo(source);
        assertThat(projects.get(child).path("name").asString()).isEqualTo(root + "/source/same");
    }

    @Test
    void aPublicProjectIsReadByAllAndWrittenByNobody() {
        var id = projects.create(root);
        assertThat(projects.call("make_public", "ids", List.of(id))
                        .ok()
                        .data()
                        .path("updated")
                        .asInt())
                .isEqualTo(1);

        assertThat(projects.get(id).path("company").asString()).isEmpty();
        assertThatJson(projects.row(id).path("company").toString()).isEqualTo("{}");
        projects.call("update", "project", id, "description", "x").fails("403/21");
        projects.call("delete", "project", id).fails("403/21");
        projects.call("create", "name", root).fails("400/414");
        projects.call("create", "name", root + "/below").fails("400/414");
        projects.call("make_public", "ids", List.of(id)).fails("400/401");
        assertThat(projects.tasks()
                        .call("create", Map.of("name", "abc", "type", "training", "project", id))
                        .code())
                .isEqualTo("403/21");
        projects.call("make_private", "ids", List.of(id)).ok();
        projects.call("update", "project", id, "description", "x").ok();
        projects.call("make_private", "ids", List.of(id)).fails("400/401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get_by_id", "update", "move", "merge", "delete", "validate_delete"})
    void whoNamesNoProjectOrAnUnknownOneIsTold(String endpoint) {
        projects.call(endpoint, "new_location", "").fails("400/12");
        projects.call(endpoint, "project", 5, "new_location", "").fails("400/12");
        projects.call(endpoint, "project", "unknown", "new_location", "")
                .fails("400/401", "Invalid project id: id=unknown");
    }
}
