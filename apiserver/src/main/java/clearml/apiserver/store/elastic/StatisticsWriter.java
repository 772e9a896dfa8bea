package clearml.apiserver.store.elastic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Writes statistics to the cluster {@code workers} in the background, many at once. They are worth less than what is
 * measured: those who report never wait, and what Elasticsearch does not take is lost.
 */
@Component
public class StatisticsWriter implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsWriter.class);
    private static final long PAUSE_MS = 250;
    private static final long MOST_WAIT_MS = 2_000;
    private static final int MOST_WAITING = 100_000;
    private static final long COMPLAINT_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private record Waiting(String index, Map<String, @Nullable Object> document) {}

    private final ElasticCluster cluster;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "statistics-writer");
        daemon.setDaemon(true);
        return daemon;
    });

    private List<Waiting> waiting = new ArrayList<>();
    private final Set<String> unrefreshed = new HashSet<>();
    private long lost;
    private long nextComplaint = System.nanoTime();

    StatisticsWriter(ElasticCluster workersCluster) {
        this.cluster = workersCluster;
    }

    /** @param kind the beginning of the name of the index, see {@link MonthlyIndices} */
    public void add(String kind, String company, List<Map<String, @Nullable Object>> documents) {
        String index = MonthlyIndices.at(kind, company, System.currentTimeMillis());
        synchronized (this) {
            if (waiting.size() + documents.size() > MOST_WAITING) {
                lost += documents.size();
                return;
            }
            if (waiting.isEmpty() && !documents.isEmpty()) {
                thread.schedule(this::write, PAUSE_MS, TimeUnit.MILLISECONDS);
            }
            documents.forEach(document -> waiting.add(new Waiting(index, document)));
        }
    }

    /** Makes what was added so far readable, as far as that is possible soon. */
    public void settle(String kind, String company) {
        try {
            Future<?> written = thread.submit(this::write);
            written.get(MOST_WAIT_MS, TimeUnit.MILLISECONDS);
            refresh(MonthlyIndices.at(kind, company, System.currentTimeMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException | ElasticException e) {
            LOG.debug("The newest statistics are not there yet", e);
        }
    }

    private void refresh(String index) {
        synchronized (this) {
            if (!unrefreshed.remove(index)) {
                return;
            }
        }
        cluster.refresh(index);
    }

    private void write() {
        List<Waiting> taken = take();
        if (taken.isEmpty()) {
            return;
        }
        BulkWriter bulk = new BulkWriter(cluster);
        taken.forEach(one -> bulk.add(one.index(), one.document()));
        try {
            bulk.send();
            written(taken);
        } catch (RuntimeException e) {
            complain(taken.size(), e);
        }
    }

    private synchronized List<Waiting> take() {
        List<Waiting> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private synchronized void written(List<Waiting> documents) {
        documents.forEach(document -> unrefreshed.add(document.index()));
    }

    private synchronized void complain(int documents, RuntimeException failure) {
        lost += documents;
        if (System.nanoTime() - nextComplaint >= 0) {
            LOG.warn("{} statistics of workers are lost: {}", lost, failure.getMessage());
            lost = 0;
            nextComplaint = System.nanoTime() + COMPLAINT_EVERY_NANOS;
        }
    }

    @Override
    public void destroy() {
        thread.shutdown();
        write();
    }
}
