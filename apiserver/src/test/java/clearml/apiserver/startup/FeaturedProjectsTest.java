package clearml.apiserver.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.query.MemoryMongo;
import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeaturedProjectsTest {

    private final MemoryMongo mongo = new MemoryMongo();

    @BeforeEach
    void insert() {
        mongo.insert(
                "project",
                "{_id: 'a', name: 'An example', company: '', featured: 9999}",
                "{_id: 'b', name: 'Another', company: '', featured: 9999}",
                "{_id: 'c', name: 'Not An example', company: '', featured: 3}",
                "{_id: 'd', name: 'Another one', company: 'mine', featured: 9999}");
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void aPublicProjectHasThePlaceOfTheFirstEntryThatMeansIt() {
        arrange("[{id: \"b\"}, {name_regex: \"An?\"}, {name: \"An example\"}]");

        assertThat(featured("a")).isEqualTo(1);
        assertThat(featured("b")).isEqualTo(0);
        assertThat(featured("c")).isEqualTo(9999);
        assertThat(featured("d")).isEqualTo(9999);
    }

    @Test
    void withoutAnOrderNothingChanges() {
        arrange("[]");

        assertThat(featured("c")).isEqualTo(3);
    }

    @Test
    void aWrongPatternIsTold() {
        assertThatThrownBy(() -> arrange("[{name_regex: \"(\"}]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("services.projects.featured.order");
    }

    private void arrange(String order) {
        var config = ServerConfig.load(
                Map.of("CLEARML_CONFIG_DIR", "/nowhere", "CLEARML__SERVICES__PROJECTS__FEATURED__ORDER", order));
        new FeaturedProjects(mongo.stores, config).arrange();
    }

    private Object featured(String project) {
        return mongo.stores
                .backend("project")
                .find(Filters.eq("_id", project))
                .first()
                .get("featured");
    }
}
