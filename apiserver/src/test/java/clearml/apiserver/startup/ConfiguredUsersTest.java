package clearml.apiserver.startup;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.MemoryMongo;
import clearml.config.FixedUser;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfiguredUsersTest {

    private static final Bson JANE = Filters.eq("name", "Jane van Doe");

    private final MemoryMongo mongo = new MemoryMongo();

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void aFixedUserKeepsTheRoleAndTheKeysThatWereGivenWhenTheServerStartsAgain() {
        start("Jane van Doe");
        mongo.stores
                .auth("user")
                .updateOne(
                        JANE,
                        Updates.combine(
                                Updates.set("role", "admin"), Updates.push("credentials", new Document("key", "k"))));
        start("Jane van Doe");

        var user = mongo.stores.auth("user").find(JANE).first();
        assertThat(user.getString("role")).isEqualTo("admin");
        assertThat(user.getList("credentials", Document.class)).hasSize(1);
    }

    @Test
    void aFixedUserGetsTheNameOfTheConfigurationAtEachStart() {
        start("Jane");
        start("Jane van Doe");

        var user = mongo.stores.backend("user").find(JANE).first();
        assertThat(user.getString("given_name")).isEqualTo("Jane");
        assertThat(user.getString("family_name")).isEqualTo("van Doe");
        assertThat(mongo.stores.backend("user").countDocuments()).isEqualTo(1 + 1);
    }

    @Test
    void anAddressThatSomebodyElseHasKeepsNoConfiguredUserOut() {
        var users = mongo.stores.auth("user");
        users.createIndex(
                Indexes.ascending("email"), new IndexOptions().unique(true).sparse(true));
        var jane = new FixedUser("jane", "secret", "Jane van Doe", "d1bd92a3b039400cbafc60a7a5b1e52b", false);
        users.insertOne(new Document("_id", "1").append("email", jane.email()));
        users.insertOne(new Document("_id", "2").append("email", "apiserver@example.com"));

        start("Jane van Doe");
        start("Jane van Doe");

        assertThat(users.find(Filters.eq("_id", jane.id())).first())
                .containsEntry("name", "Jane van Doe")
                .doesNotContainKey("email");
        assertThat(users.find(Filters.eq("_id", "__apiserver__")).first().getList("credentials", Document.class))
                .hasSize(1);
        assertThat(users.countDocuments(Filters.in("_id", "1", "2"))).isEqualTo(2);
    }

    private void start(String name) {
        var users = "{enabled: true, users: [{username: jane, password: secret, name: \"" + name + "\"}]}";
        var config = ServerConfig.load(
                Map.of("CLEARML_CONFIG_DIR", "/nowhere", "CLEARML__APISERVER__AUTH__FIXED_USERS", users));
        new ConfiguredUsers(mongo.stores, config).create();
    }
}
