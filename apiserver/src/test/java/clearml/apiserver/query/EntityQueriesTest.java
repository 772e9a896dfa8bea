package clearml.apiserver.query;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.query.entities.Entities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntityQueriesTest {

    private static final Scope SCOPE = Scope.ownAndPublic("c");

    private final MemoryMongo mongo = new MemoryMongo();
    private final ScrollsInMemory scrolls = new ScrollsInMemory();
    private final EntityQueries queries = new EntityQueries(mongo.stores, scrolls, QueryLimits.DEFAULT);

    @BeforeEach
    void fill() {
        mongo.insert(
                "project",
                "{_id:'p1',company:'c',name:'one',basename:'one',user:'u',path:[],tags:['z','a']}",
                "{_id:'p2',company:'c',name:'one/two',parent:'p1',path:['p1']}",
                "{_id:'p3',company:'other',name:'secret'}");
        mongo.insert("user", "{_id:'u',company:'c',name:'Ada',preferences:'{}'}");
        mongo.insert("model", "{_id:'m1',company:'c',name:'net',task:'t1',labels:{'a.b':1}}");
        mongo.insert("queue", "{_id:'q1',company:'c',name:'gpu',entries:[{task:'t1',added:null},{task:'gone'}]}");
        mongo.insert("company", "{_id:'c',name:'clearml'}");
        mongo.insert(
                "task",
                "{_id:'t1',company:'c',user:'u',name:'first',type:'training',project:'p2',parent:'t2',status:null,"
                        + "unique_metrics:['a/b'],execution:{queue:'q1',unknown:5,model_labels:{'x%2Ey':1}},_cls:'X',extra:1,"
                        + "hyperparams:{'A%2Eb':{'x%_%_y':{_cls:'P',section:'A.b',name:'x__y',value:'1'}}},"
                        + "models:{input:[{name:'in',model:'m1'},{name:'gone',model:'m9'}],output:[]},"
                        + "runtime:{k:null,_h:1},tags:['b','a']}",
                "{_id:'t2',company:'',name:'public',project:'p3',tags:null,comment:'z'}",
                "{_id:'t3',company:'other',name:'secret'}",
                "{_id:'t4',company:'c',name:'last',project:'p1',comment:'a'}");
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void a_document_has_the_defaults_of_missing_fields_and_nothing_unknown() {
        assertThatJson(queries.getById(Entities.TASK, "t1", SCOPE).orElseThrow())
                .isEqualTo("""
                        {id:'t1',company:'c',user:'u',name:'first',type:'training',project:'p2',parent:'t2',
                         status:'created',tags:['a','b'],system_tags:[],report_assets:[],output:{},last_iteration:0,
                         execution:{queue:'q1',model_labels:{'x.y':1},test_split:0,parameters:{},model_desc:{},artifacts:{}},
                         script:{binary:'python',repository:'',entry_point:'',requirements:{}},
                         models:{input:[{name:'in',model:'m1'},{name:'gone',model:'m9'}],output:[]},
                         hyperparams:{'A.b':{x__y:{section:'A.b',name:'x__y',value:'1'}}},configuration:{},
                         runtime:{k:null,_h:1},container:{},last_metrics:{},metric_stats:{}}""");
    }

    @Test
    void the_whole_document_has_hidden_fields_too() {
        assertThat(queries.getWholeById(Entities.TASK, "t1", SCOPE).orElseThrow())
                .containsEntry("unique_metrics", List.of("a/b"));
    }

    @Test
    void documents_of_others_are_not_found() {
        assertThat(queries.getById(Entities.TASK, "t3", SCOPE)).isEmpty();
        assertThat(queries.getById(Entities.TASK, "t2", Scope.own("c"))).isEmpty();
        assertThat(queries.getById(Entities.TASK, "t2", SCOPE)).isPresent();
        assertThat(all(Map.of())).extracting(row -> row.get("id")).containsExactlyInAnyOrder("t1", "t2", "t4");
    }

    @Test
    void the_plain_form_has_just_the_fields_asked_for() {
        assertThatJson(all(Map.of("id", "t1", "only_fields", List.of("name", "project", "script.binary"))))
                .isEqualTo("[{name:'first',project:'p2',script:{binary:'python'}}]");
        assertThatJson(all(Map.of("id", "t1", "only_fields", List.of("runtime._x", "hyperparams.A%2Eb.nope"))))
                .isEqualTo("[{runtime:{},hyperparams:{'A.b':{}}}]");
        assertThatJson(all(Map.of("id", "t1", "only_fields", List.of("unique_metrics", "tags.x", "execution.queue"))))
                .isEqualTo("[{unique_metrics:['a/b'],tags:[],execution:{queue:'q1'}}]");
        assertThatThrownBy(() -> all(Map.of("only_fields", List.of("project.name"))))
                .hasMessageEndingWith("Cannot resolve field \"name\"");
    }

    @Test
    void the_joined_form_follows_references_through_lists_and_over_several_levels() {
        List<String> paths = List.of(
                "project.parent.name",
                "user.name",
                "parent.project.name",
                "models.input.model.task.name",
                "execution.queue.entries.task.name",
                "company.name");
        assertThatJson(joined(Map.of("id", "t1", "only_fields", paths))).isEqualTo("""
                        [{id:'t1',project:{id:'p2',parent:{id:'p1',name:'one'}},user:{id:'u',name:'Ada'},
                          parent:{id:'t2',project:{id:'p3'}},company:{id:'c',name:'clearml'},
                          models:{input:[{model:{id:'m1',task:{id:'t1',name:'first'}}},{model:{id:'m9'}}]},
                          execution:{queue:{id:'q1',entries:[{task:{id:'t1',name:'first'}},{task:{id:'gone'}}]}}}]""");
    }

    @Test
    void references_are_objects_in_the_joined_form_and_an_empty_one_is_an_empty_object() {
        assertThatJson(joined(Map.of("id", "t2", "only_fields", List.of("company", "project", "user"))))
                .isEqualTo("[{id:'t2',company:{},project:{id:'p3'}}]");
    }

    @Test
    void a_star_asks_for_everything_of_an_entity() {
        assertThatJson(joined(Map.of("id", "t1", "only_fields", List.of("project.*", "script.*"))))
                .isEqualTo("""
                        [{id:'t1',project:{id:'p2',company:{id:'c'},name:'one/two',parent:{id:'p1'},path:['p1'],tags:[],
                          system_tags:[],description:'',featured:9999},
                          script:{binary:'python',repository:'',entry_point:'',requirements:{}}}]""");
        assertThat(joined(Map.of("id", "t1", "only_fields", List.of("*"))).get(0))
                .containsKeys("unique_metrics", "hyperparams");
        Map<String, Object> request = Map.of("only_fields", List.of("*", "entries.task.name"));
        assertThatJson(queries.getAllJoined(Entities.QUEUE, request, SCOPE).rows())
                .inPath("$[0].entries")
                .isEqualTo("[{task:{id:'t1',name:'first'}},{task:{id:'gone'}}]");
    }

    @Test
    void exclusions_leave_the_rest_without_what_is_hidden() {
        Map<String, Object> row = joined(Map.of("id", "t1", "only_fields", List.of("-name", "-hyperparams.A%2Eb")))
                .get(0);
        assertThat(row)
                .doesNotContainKeys("name", "unique_metrics")
                .containsKeys("id", "tags")
                .containsEntry("hyperparams", Map.of());
        assertThatJson(joined(Map.of("id", "t1", "only_fields", List.of("name", "tags", "-tags"))))
                .isEqualTo("[{id:'t1',name:'first'}]");
    }

    @Test
    void unknown_fields_are_named_with_the_entity_they_were_looked_for_in() {
        assertThatThrownBy(() -> joined(Map.of("only_fields", List.of("nope.x", "name", "-zz"))))
                .hasMessage("Fields not defined for object: fields=(nope.x, -zz), object=Task");
        assertThatThrownBy(() -> joined(Map.of("only_fields", List.of("project.nope"))))
                .hasMessage("Fields not defined for object: fields=(nope), object=Project");
        assertThatThrownBy(() -> joined(Map.of("only_fields", List.of("name."))))
                .hasMessageEndingWith("Cannot resolve field \"\"");
    }

    @Test
    void empty_values_come_last_in_ascending_order_and_paging_runs_across_the_seam() {
        List<Document> more = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Document task = new Document("_id", "s" + i).append("company", "c").append("type", "seam");
            more.add(i < 4 ? task.append("comment", "c" + (9 - i)) : i < 6 ? task.append("comment", "") : task);
        }
        mongo.insert("task", more);
        List<Object> ids = new ArrayList<>();
        for (int page = 0; page < 5; page++) {
            Map<String, Object> request =
                    Map.of("type", "seam", "order_by", List.of("comment"), "page", page, "page_size", 3);
            all(request).forEach(row -> ids.add(row.get("id")));
        }
        assertThat(ids).containsExactly("s3", "s2", "s1", "s0", "s6", "s4", "s5");
    }

    @Test
    void a_scroll_goes_on_where_it_was_and_starts_again_when_it_is_forgotten() {
        Map<String, Object> request = new HashMap<>(Map.of("size", 2, "order_by", List.of("id")));
        request.put("scroll_id", null);
        Page first = queries.getAll(Entities.TASK, request, SCOPE);
        assertThat(first.rows()).extracting(row -> row.get("id")).containsExactly("t1", "t2");
        assertThat(first.scrollId()).matches("[0-9a-f]{32}");

        request.put("scroll_id", first.scrollId());
        Page second = queries.getAll(Entities.TASK, request, SCOPE);
        assertThat(second.rows()).extracting(row -> row.get("id")).containsExactly("t4");
        assertThat(second.scrollId()).isEqualTo(first.scrollId());
        assertThat(queries.getAll(Entities.TASK, request, SCOPE).rows()).isEmpty();

        request.put("refresh_scroll", true);
        assertThat(queries.getAll(Entities.TASK, request, SCOPE).rows()).hasSize(3);

        scrolls.forgetAll();
        Page again = queries.getAll(Entities.TASK, request, SCOPE);
        assertThat(again.rows()).hasSize(2);
        assertThat(again.scrollId()).isNotEqualTo(first.scrollId());
    }

    @Test
    void more_references_than_fit_one_query_are_all_joined() {
        List<Document> projects = new ArrayList<>();
        List<Document> tasks = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            projects.add(new Document("_id", "x" + i).append("company", "c").append("name", "n" + i));
            tasks.add(new Document("_id", "y" + i)
                    .append("company", "c")
                    .append("type", "many")
                    .append("project", "x" + i));
        }
        mongo.insert("project", projects);
        mongo.insert("task", tasks);
        Map<String, Object> request =
                Map.of("type", "many", "start", 0, "size", 2_000, "only_fields", List.of("project.name"));
        assertThat(joined(request))
                .hasSize(1_100)
                .allSatisfy(row -> assertThat((Map<?, ?>) row.get("project")).hasSize(2));
    }

    private List<Map<String, Object>> all(Map<String, ?> request) {
        return queries.getAll(Entities.TASK, request, SCOPE).rows();
    }

    private List<Map<String, Object>> joined(Map<String, ?> request) {
        return queries.getAllJoined(Entities.TASK, request, SCOPE).rows();
    }
}
