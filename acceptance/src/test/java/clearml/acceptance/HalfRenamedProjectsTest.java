package clearml.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What a server leaves that dies while it renames a branch of projects; made by hand, as this server notes it. */
class HalfRenamedProjectsTest {

    private final ProjectCalls projects = new ProjectCalls();

    @Test
    void whoeverChangesTheTreeNextFinishesTheRenaming() {
        var root = ProjectCalls.name();
        var leaf = projects.create(root + "/middle/leaf");
        var top = projects.named(root).path("id").asString();
        var renamed = ProjectCalls.name();
        try (var client = MongoClients.create(Server.mongo())) {
            var database = client.getDatabase("backend");
            database.getCollection("x_relocation")
                    .insertOne(new Document("_id", top).append("company", ShippedDefaults.COMPANY));
            database.getCollection("project")
                    .updateOne(
                            Filters.eq("_id", top),
                            Updates.combine(Updates.set("name", renamed), Updates.set("basename", renamed)));
        }

        projects.create(ProjectCalls.name() + "/leaf");

        assertThat(projects.get(leaf).path("name").asString()).isEqualTo(renamed + "/middle/leaf");
        assertThat(projects.named(renamed + "/middle").path("parent").asString())
                .isEqualTo(top);
    }
}
