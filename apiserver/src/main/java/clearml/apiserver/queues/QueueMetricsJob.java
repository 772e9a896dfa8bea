package clearml.apiserver.queues;

import clearml.apiserver.call.BodyReader;
import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import clearml.config.ServerConfig;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Measures queues in which nothing happens, so that their curves go on: {@code services.queues.metrics_refresh_interval_sec}. */
@Component
class QueueMetricsJob implements Job {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(60);

    private final QueueStore store;
    private final QueueMetrics metrics;
    private final StringRedisTemplate redis;
    private final Duration oldest;

    QueueMetricsJob(QueueStore store, QueueMetrics metrics, StringRedisTemplate redis, ServerConfig config) {
        this.store = store;
        this.metrics = metrics;
        this.redis = redis;
        this.oldest = config.duration("services.queues.metrics_refresh_interval_sec");
    }

    @Override
    public String name() {
        return "queue-metrics";
    }

    @Override
    public Schedule schedule() {
        return new Schedule(oldest.toMillis() > 0, least(FIRST, oldest), least(PAUSE, oldest));
    }

    private static Duration least(Duration usual, Duration oldest) {
        return usual.compareTo(oldest) < 0 ? usual : oldest;
    }

    @Override
    public long run(Lease lease) {
        List<Document> queues = store.list(Filters.empty(), "company");
        if (queues.isEmpty()) {
            return 0;
        }
        List<@Nullable String> last = redis.opsForValue()
                .multiGet(queues.stream()
                        .map(queue -> QueueMetrics.key(queue.getString("_id")))
                        .toList());
        long due = 0;
        for (int i = 0; i < queues.size(); i++) {
            if (last == null || isOld(last.get(i))) {
                metrics.changed(queues.get(i).getString("_id"), queues.get(i).getString("company"), null);
                due++;
            }
        }
        return due;
    }

    private boolean isOld(@Nullable String measured) {
        try {
            return measured == null
                    || !(BodyReader.read(measured) instanceof Map<?, ?> document)
                    || !(document.get("timestamp") instanceof Number time)
                    || System.currentTimeMillis() - time.longValue() > oldest.toMillis();
        } catch (RuntimeException e) {
            // What cannot be read is replaced.
            return true;
        }
    }
}
