package clearml.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What Spring does with nothing around it: a ping, one document found by its id, one entry taken out of a queue. */
final class BareServer {

    private static @Nullable BareServer running;

    private final URI uri;

    private BareServer(ConfigurableApplicationContext context) {
        uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Started once; it ends with this JVM. */
    static synchronized URI address(Optional<MongoClient> mongo) {
        BareServer server = running;
        if (server == null) {
            server = start(mongo);
            running = server;
        }
        return server.uri;
    }

    private static BareServer start(Optional<MongoClient> mongo) {
        SpringApplication application = new SpringApplication(Beans.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "logging.level.root", "error"));
        application.addInitializers(context -> mongo.ifPresent(
                client -> context.getBeanFactory().registerSingleton("backend", client.getDatabase("backend"))));
        return new BareServer(application.run());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {

        @Bean
        Ping ping() {
            return new Ping();
        }

        @Bean
        Find find(Optional<MongoDatabase> backend) {
            return new Find(backend.map(database -> database.getCollection("task")));
        }

        @Bean
        Pop pop(Optional<MongoDatabase> backend) {
            return new Pop(backend.map(database -> database.getCollection("queue")));
        }
    }

    @RestController
    static class Ping {

        @PostMapping("/ping")
        Map<String, Object> ping(@RequestBody Map<String, Object> body) {
            return Map.of("msg", "pong");
        }
    }

    @RestController
    static class Find {

        private final Optional<MongoCollection<Document>> tasks;

        Find(Optional<MongoCollection<Document>> tasks) {
            this.tasks = tasks;
        }

        @GetMapping(value = "/find/{id}", produces = "application/json")
        String find(@PathVariable("id") String id) {
            Document found = tasks.orElseThrow().find(Filters.eq("_id", id)).first();
            if (found == null) {
                throw new IllegalArgumentException("no task " + id);
            }
            return found.toJson();
        }
    }

    @RestController
    static class Pop {

        private final Optional<MongoCollection<Document>> queues;

        Pop(Optional<MongoCollection<Document>> queues) {
            this.queues = queues;
        }

        @GetMapping(value = "/pop/{id}", produces = "application/json")
        String pop(@PathVariable("id") String id) {
            Document before = queues.orElseThrow().findOneAndUpdate(Filters.eq("_id", id), Updates.popFirst("entries"));
            if (before == null) {
                throw new IllegalArgumentException("no queue " + id);
            }
            return before.toJson();
        }
    }
}
