package clearml.apiserver.server;

import clearml.config.ServerConfig;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks every five seconds at what the machine of the server uses; {@code apiserver.statistics.supported} false: never. */
@Component
class ResourceSampler implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final double PERCENT = 100;
    private static final double GIB = 1 << 30;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final boolean wanted;
    private volatile Samples samples = new Samples();
    private volatile boolean running;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "resource-sampler");
        thread.setDaemon(true);
        return thread;
    });

    ResourceSampler(ServerConfig config) {
        wanted = config.bool("apiserver.statistics.supported");
    }

    /** What was seen since the last call, which ends here. */
    Map<String, Object> take() {
        sample();
        Samples seen = samples;
        samples = new Samples();
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("interval_sec", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - seen.start));
        resources.put("num_cores", system.getAvailableProcessors());
        resources.put("cpu_usage", seen.cpu.figures());
        resources.put("mem_used_gb", seen.used.figures());
        resources.put("mem_free_gb", seen.free.figures());
        return resources;
    }

    private void sample() {
        Samples now = samples;
        double free = system.getFreeMemorySize() / GIB;
        // Negative while the load is not known yet.
        now.cpu.add(Math.max(0, system.getCpuLoad()) * PERCENT);
        now.used.add(system.getTotalMemorySize() / GIB - free);
        now.free.add(free);
    }

    @Override
    public void start() {
        running = true;
        if (wanted) {
            clock.scheduleWithFixedDelay(this::sample, 0, INTERVAL.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void stop() {
        running = false;
        clock.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The samples of an interval. */
    private static final class Samples {
        final long start = System.nanoTime();
        final RunningFigures cpu = new RunningFigures();
        final RunningFigures used = new RunningFigures();
        final RunningFigures free = new RunningFigures();
    }
}
