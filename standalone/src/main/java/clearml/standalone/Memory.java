package clearml.standalone;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory this machine, or the container we are in, can give. */
final class Memory {

    /** Elasticsearch with its heap of 512 MB takes about 800 MB, we take about 500 MB. */
    static final long NEEDED = 1400L << 20;

    private Memory() {}

    static void check(long needed) {
        long available = available();
        if (available < needed) {
            throw new StartException("too little memory: " + (needed >> 20) + " MB are needed, " + (available >> 20)
                    + " MB are available");
        }
    }

    private static long available() {
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return Math.min(total, free());
    }

    /** What Linux says that programs can have without swapping; elsewhere there is no limit to know. */
    private static long free() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
