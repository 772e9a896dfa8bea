package clearml.apiserver.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.query.entities.Entities;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ConditionsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonWriterSettings PLAIN =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tags':['a','b']} | {'tags':{'$in':['a','b']}}",
                "{'tags':'a'} | {'tags':{'$in':['a']}}",
                "{'tags':['-a','b']} | {'$and':[{'tags':{'$in':['b']}},{'tags':{'$nin':['a']}}]}",
                "{'tags':['__$not','a','b']} | {'$and':[{'tags':{'$in':['b']}},{'tags':{'$nin':['a']}}]}",
                "{'tags':['__$and','a','b']} | {'tags':{'$all':['a','b']}}",
                "{'tags':['__$or','a','b','__$and','c','d','__$not','e']} |"
                        + " {'$or':[{'tags':{'$in':['a','b']}},{'tags':{'$all':['c','d']}},{'tags':{'$nin':['e']}}]}",
                "{'tags':['a','__$and','c','d']} | {'$and':[{'tags':{'$in':['a']}},{'tags':{'$all':['c','d']}}]}",
                "{'project':['p',null]} | {'$or':[{'project':{'$in':['p']}},"
                        + "{'$nor':[{'project':{'$exists':true}}]},{'project':[]},{'project':null}]}",
                "{'type':['__$not','x','__$not','y']} | {'type':{'$nin':['x','y']}}",
                "{'tags':['__$or','-a']} | {'tags':{'$in':['-a']}}",
                "{'tags':['__$or','x','__$nop','-a']} | {'$or':[{'tags':{'$in':['x']}},{'tags':{'$nin':['a']}}]}",
                "{'tags':['__$not','-a']} | {'tags':{'$nin':['-a']}}",
                "{'id':['t1']} | {'_id':{'$in':['t1']}}",
                "{'id':[]} | {}",
                "{'id':null,'parent':null,'ready':null} | {}",
                "{'unknown':5,'status_reason':'x','$where':'1'} | {}",
                "{'name':'^a$'} | {'name':{'$regex':'^a$'}}",
                "{'name':''} | {}",
                "{'hyperparams.Args.l%2Er.value':['0.1']} | {'hyperparams.Args.l%2Er.value':{'$in':['0.1']}}",
                "{'runtime.k':{'$gt':1}} | {'runtime.k':{'$eq':{'$gt':1}}}",
                "{'runtime.k':[1,'x']} | {'runtime.k':{'$eq':[1,'x']}}",
                "{'last_iteration':[1,5]} | {'last_iteration':{'$gte':1,'$lte':5}}",
                "{'last_iteration':[1,null]} | {'last_iteration':{'$gte':1}}",
                "{'last_iteration':[null,5]} | {'$or':[{'last_iteration':{'$lte':5}},{'last_iteration':null}]}",
                "{'last_metrics.a.b.value':['0.5','1']} | {'last_metrics.a.b.value':{'$gte':0.5,'$lte':1.0}}",
                "{'started':['2026-01-01T00:00:00',null]} | {'started':{'$gte':{'$date':'2026-01-01T00:00:00Z'}}}",
                "{'started':['zz','2026-01-01']} | {'_id':{'$in':[]}}",
                "{'last_update':'>2026-01-01'} | {'last_update':{'$gt':{'$date':'2026-01-01T00:00:00Z'}}}",
                "{'last_update':['>=2026-01-01','<2026-02-01T01:00:00+01:00']} | {'last_update':"
                        + "{'$gte':{'$date':'2026-01-01T00:00:00Z'},'$lt':{'$date':'2026-02-01T00:00:00Z'}}}",
                "{'last_update':['>2026-01-01','>2026-02-01','x']} |"
                        + " {'last_update':{'$gt':{'$date':'2026-02-01T00:00:00Z'}}}",
                "{'last_update':'zz'} | {}",
                "{'_any_':{'pattern':'a','fields':['name','id']}} |"
                        + " {'$or':[{'name':{'$regex':'a','$options':'i'}},{'_id':{'$regex':'a','$options':'i'}}]}",
                "{'_all_':{'pattern':'','fields':['runtime._h']}} | {'runtime._h':{'$regex':'','$options':'i'}}",
                "{'_and_':{'pattern':'x','fields':[]}} | {}",
                "{'_or_':{'datetime':['>2026-01-01'],'fields':['name','last_change']}} |"
                        + " {'last_change':{'$gt':{'$date':'2026-01-01T00:00:00Z'}}}",
                "{'tags':['x'],'filters':{'tags':{'any':{'include':['a'],'exclude':['b','d']},'all':{'include':['c','e']}},"
                        + "'nope':5}} | {'$and':[{'$or':[{'tags':{'$in':['a']}},{'tags':{'$not':{'$all':['b','d']}}}]},"
                        + "{'tags':{'$all':['c','e']}}]}",
                "{'filters':{'tags':{'any':{'include':['a',null]},'all':{'exclude':['b',null,'b']},'op':'or'}}} |"
                        + " {'$or':[{'$or':[{'tags':{'$size':0}},{'tags':{'$in':['a']}}]},"
                        + "{'$and':[{'tags':{'$not':{'$size':0}}},{'tags':{'$nin':['b']}}]}]}",
                "{'filters':{'tags':{}}} | {}"
            })
    void requests_become_conditions(String request, String condition) {
        assertThat(condition(request)).isEqualTo(Document.parse(condition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tags':5} | Invalid value for fields (invalid value type, string expected): field=tags, value=5",
                "{'tags':['-']} |"
                        + " Invalid value for fields (Missing value after the exclude prefix -): field=tags, value=",
                "{'tags':['__$not']} | Invalid value for fields (Value is expected after): operator=__$not",
                "{'tags':['__$not','__$and','a']} |"
                        + " Invalid value for fields (Value is expected after): field=tags, operator=__$not",
                "{'tags':['__$zz']} | Invalid value for fields (Unsupported operator): field=tags, operator=__$zz",
                "{'last_iteration':5} |"
                        + " Validation error (Min and max values should be specified for range field last_iteration)",
                "{'last_iteration':[null,null]} | Validation error"
                        + " (At least one of min or max values should be provided for field last_iteration)",
                "{'last_update':[5]} | Invalid value for fields (failed parsing query field):"
                        + " error=expected string or bytes-like object, got 'int', field=last_update",
                "{'_any_':null} | Invalid value for fields (failed parsing query field):"
                        + " error=incorrect field format: field=_any_, field=_any_",
                "{'_any_':{'pattern':'x','datetime':'x','fields':[]}} | Invalid value for fields"
                        + " (failed parsing query field): error=incorrect field format: field=_any_, field=_any_",
                "{'_any_':{'pattern':'x','fields':['nope']}} | Lookup error (probably an invalid field name or"
                        + " unsupported nested field): err=Cannot resolve field \"nope\"",
                "{'filters':null} | Invalid value for fields (invalid value type, string expected):"
                        + " field=None, value=None",
                "{'filters':{'tags':5}} | Validation error (invalid filter for field, dictionary expected):"
                        + " field=tags, value=5",
                "{'runtime.$where':1} | Lookup error (probably an invalid field name or unsupported nested field):"
                        + " err=Cannot resolve field \"$where\"",
                "{'filters':{'hyperparams.$x':{'any':{'include':['a']}}}} | Lookup error (probably an invalid field"
                        + " name or unsupported nested field): err=Cannot resolve field \"$x\""
            })
    void malformed_filters_are_refused(String request, String message) {
        assertThatThrownBy(() -> condition(request))
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "*a", "a\\q", "\\Qa\\E", "a{3,1}", "(?P<n", "x\0"})
    void what_is_no_regular_expression_is_refused(String pattern) {
        assertThatThrownBy(() -> Conditions.of(Entities.TASK, Map.of("name", pattern), Scope.own("c")))
                .hasMessageStartingWith("Malformed regular expression: err=");
    }

    @Test
    void a_pattern_too_long_or_too_deep_is_refused() {
        for (String pattern : List.of("a".repeat(20_000), "(".repeat(8_000) + ")".repeat(8_000))) {
            assertThatThrownBy(() -> Conditions.of(Entities.TASK, Map.of("name", pattern), Scope.own("c")))
                    .hasMessageStartingWith("Malformed regular expression");
        }
    }

    @Test
    void the_company_is_always_part_of_the_condition() {
        assertThat(Conditions.of(Entities.TASK, Map.of("company", "other", "id", "t"), Scope.own("mine")))
                .isEqualTo(Document.parse("{'company':'mine','_id':{'$in':['t']}}"));
        assertThat(Conditions.of(Entities.TASK, Map.of(), Scope.ownAndPublic("mine")))
                .isEqualTo(Document.parse("{'company':{'$in':['mine','']}}"));
    }

    @Test
    void conditions_of_the_server_cannot_be_replaced_by_a_request() {
        Scope scope = Scope.own("c").and(new Document("system_tags", new Document("$ne", "hidden")));
        assertThat(Conditions.of(Entities.TASK, Map.of("system_tags", "hidden"), scope))
                .isEqualTo(Document.parse("{'$and':[{'company':'c'},{'system_tags':{'$ne':'hidden'}},"
                        + "{'system_tags':{'$in':['hidden']}}]}"));
    }

    @Test
    void a_null_in_a_request_asks_for_nothing() {
        Map<String, Object> request = new HashMap<>();
        for (String key : Arrays.asList("name", "tags", "created", "last_update", "runtime.x", "id", "search_text")) {
            request.put(key, null);
        }
        assertThat(Conditions.of(Entities.TASK, request, new Scope("", false, Collections.emptyList())))
                .isEqualTo(new Document("company", ""));
    }

    private static Document condition(String request) {
        Map<?, ?> parsed = JSON.readValue(request.replace('\'', '"'), Map.class);
        Map<String, Object> body = new HashMap<>();
        parsed.forEach((key, value) -> body.put((String) key, value));
        Document condition = Conditions.of(Entities.TASK, body, new Scope("c", false, List.of()));
        List<Document> parts = condition.get("$and") instanceof List<?> list
                        && list.get(0) instanceof Document first
                        && first.containsKey("company")
                ? condition.getList("$and", Document.class)
                : List.of();
        Document rest = parts.isEmpty() ? without(condition, "company") : Clauses.all(parts.subList(1, parts.size()));
        return Document.parse(rest.toJson(PLAIN));
    }

    private static Document without(Document condition, String key) {
        Document rest = new Document(condition);
        rest.remove(key);
        return rest;
    }
}
