package clearml.apiserver.server;

import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.BuildInfo;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The figures of a company: the server with its resources, the experiments, and those of each agent. */
@Component
class Statistics {

    private final MongoStores stores;
    private final BuildInfo build;
    private final Installation installation;
    private final ResourceSampler resources;
    private final ExperimentStatistics experiments;
    private final AgentResources agents;

    Statistics(
            MongoStores stores,
            ServerConfig config,
            Installation installation,
            ResourceSampler resources,
            ExperimentStatistics experiments,
            AgentResources agents) {
        this.stores = stores;
        this.build = config.build();
        this.installation = installation;
        this.resources = resources;
        this.experiments = experiments;
        this.agents = agents;
    }

    Map<String, Object> of(String company) {
        Map<String, Object> statistics = new LinkedHashMap<>();
        statistics.put("time", new Date());
        statistics.put("company_id", company);
        statistics.put("server", server(company));
        statistics.put("agents", agents(company));
        return statistics;
    }

    private Map<String, Object> server(String company) {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("version", build.version());
        server.put("deployment", build.deployment());
        server.put("uuid", installation.uuid());
        server.put("queues", Map.of("count", count("queue", company)));
        server.put("users", Map.of("count", count("user", company)));
        server.put("resources", resources.take());
        server.put("experiments", experiments.ofCompany(company));
        return server;
    }

    private long count(String collection, String company) {
        return stores.backend(collection).countDocuments(Filters.eq("company", company));
    }

    private List<Map<String, Object>> agents(String company) {
        Map<String, Map<String, Object>> byWorker = experiments.byWorker(company);
        List<Map<String, Object>> all = new ArrayList<>();
        agents.of(company).forEach((worker, used) -> {
            Map<String, Object> agent = new LinkedHashMap<>();
            agent.put("uuid", worker);
            agent.put("resources", used);
            agent.put("experiments", byWorker.getOrDefault(worker, ExperimentStatistics.NONE));
            all.add(agent);
        });
        return all;
    }
}
