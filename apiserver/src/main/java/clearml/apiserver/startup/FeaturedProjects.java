package clearml.apiserver.startup;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** Gives public projects their places on the front page of the web UI: the lower {@code featured}, the earlier. */
@Component
class FeaturedProjects {

    private static final String PATH = "services.projects.featured";
    private static final String FIELD = "featured";

    private final MongoCollection<Document> projects;
    private final List<Map<String, Object>> order;
    private final int last;

    FeaturedProjects(MongoStores stores, ServerConfig config) {
        projects = stores.backend("project");
        order = config.objects(PATH + ".order");
        last = config.integer(PATH + ".public_default");
    }

    /** Nothing changes where no order is configured. */
    void arrange() {
        if (order.isEmpty()) {
            return;
        }
        for (Document project :
                projects.find(Filters.eq("company", "")).projection(Projections.include("name", FIELD))) {
            int place = place(project);
            if (!Integer.valueOf(place).equals(project.get(FIELD))) {
                projects.updateOne(Filters.eq("_id", project.get("_id")), Updates.set(FIELD, place));
            }
        }
    }

    private int place(Document project) {
        for (int place = 0; place < order.size(); place++) {
            if (isMeant(project, order.get(place))) {
                return place;
            }
        }
        return last;
    }

    private static boolean isMeant(Document project, Map<String, Object> entry) {
        if (entry.get("id") != null) {
            return entry.get("id").equals(project.get("_id"));
        }
        String name = String.valueOf(project.get("name"));
        if (entry.get("name") != null) {
            return entry.get("name").equals(name);
        }
        return entry.get("name_regex") instanceof String regex && startsWith(regex, name);
    }

    private static boolean startsWith(String regex, String name) {
        try {
            return Pattern.compile(regex).matcher(name).lookingAt();
        } catch (PatternSyntaxException e) {
            throw new ConfigException(PATH + ".order: name_regex: " + e.getMessage());
        }
    }
}
