package clearml.apiserver.server;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.Caller;
import clearml.apiserver.store.mongo.MongoStores;
import clearml.config.ServerConfig;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a company agreed to statistics: {@code defaults.stats_option} of the collection {@code company}. */
@Component
class StatsOption {

    private static final String FIELD = "defaults.stats_option";

    private final MongoCollection<Document> companies;
    private final boolean supported;
    private final String version;

    StatsOption(MongoStores stores, ServerConfig config) {
        companies = stores.backend("company");
        supported = config.bool("apiserver.statistics.supported");
        version = config.build().version();
    }

    StatisticsApi.Option readOrSet(Caller caller, @Nullable Boolean enabled) {
        if (!supported) {
            return new StatisticsApi.Option(false, null, null, null, null, null);
        }
        Bson condition = Filters.eq("_id", caller.company());
        Document company = enabled == null
                ? companies.find(condition).first()
                : companies.findOneAndUpdate(
                        condition,
                        Updates.set(FIELD, option(caller, enabled)),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (company == null) {
            throw ApiError.INVALID_ID.with("company", caller.company());
        }
        return answer(company.getEmbedded(List.of("defaults", "stats_option"), new Document()));
    }

    private Document option(Caller caller, boolean enabled) {
        return new Document("enabled", enabled)
                .append("enabled_version", version)
                .append("enabled_time", new Date())
                .append("enabled_user", caller.user());
    }

    private StatisticsApi.Option answer(Document option) {
        Date time = option.getDate("enabled_time");
        return new StatisticsApi.Option(
                true,
                option.getBoolean("enabled", false),
                version,
                time == null ? null : LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC),
                option.getString("enabled_version"),
                option.getString("enabled_user"));
    }
}
