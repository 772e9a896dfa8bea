package clearml.apiserver.startup;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.apiserver.query.MemoryMongo;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
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

    private void start(String name) {
        var users = "{enabled: true, users: [{username: jane, password: secret, name: \"" + name + "\"}]}";
        var config = ServerConfig.load(
                Map.of("CLEARML_CONFIG_DIR", "/nowhere", "CLEARML__APISERVER__AUTH__FIXED_USERS", users));
        new ConfiguredUsers(mongo.stores, config).create();
    }
}
