package clearml.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Puts load on a workload and measures it. */
final class Load {

    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST = 120 * SECOND;

    private final Options options;
    private final int clients;
    private final Optional<Integer> rate;

    Load(Options options) {
        this.options = options;
        this.clients = options.clients();
        this.rate = options.rate();
    }

    /** As a case wants it, and as the options say where it doesn't care. */
    Load(Options options, Case each) {
        this.options = options;
        this.clients = each.clients().orElse(options.clients());
        this.rate = each.rate().isPresent() ? Optional.of(each.rate().getAsInt()) : options.rate();
    }

    /** Warms up, measures, and returns the figures of the second part. */
    Result measure(Workload workload) throws Exception {
        run(workload, options.warmup());
        return run(workload, options.seconds());
    }

    /** The same, with the CPU time that the server needed for it. */
    Result measure(Workload workload, ServerCpu cpu) throws Exception {
        run(workload, options.warmup());
        OptionalDouble before = cpu.used();
        Result result = run(workload, options.seconds());
        OptionalDouble after = cpu.used();
        return before.isPresent() && after.isPresent()
                ? result.costing(after.getAsDouble() - before.getAsDouble())
                : result;
    }

    private Result run(Workload workload, int seconds) throws Exception {
        Run run = new Run(System.nanoTime(), seconds * SECOND, new AtomicLong());
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Histogram>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> client(workload, run)));
            }
            Histogram all = histogram();
            for (Future<Histogram> client : running) {
                all.add(client.get());
            }
            return Result.of(workload, all, System.nanoTime() - run.start);
        } catch (ExecutionException e) {
            throw new IllegalStateException(workload.name() + ": " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram client(Workload workload, Run run) throws Exception {
        Histogram latencies = histogram();
        try (Client client = workload.clients().make()) {
            while (System.nanoTime() - run.start < run.length) {
                long number = run.numbers.getAndIncrement();
                long due = due(run, number);
                if (due - run.start >= run.length) {
                    break;
                }
                waitUntil(due);
                if (!client.call(number)) {
                    throw new IllegalStateException("a call failed");
                }
                latencies.recordValue(Math.min(System.nanoTime() - due, LONGEST));
            }
        }
        return latencies;
    }

    /** Now in the closed model; in the open one its place in the sequence, however late the calls before it are. */
    private long due(Run run, long number) {
        return rate.map(rate -> run.start + number * SECOND / rate).orElseGet(System::nanoTime);
    }

    private static void waitUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST, 3);
    }

    private record Run(long start, long length, AtomicLong numbers) {}
}
