package clearml.apiserver.organization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was used by one project, user or queue. */
final class UsageRow {

    private final @Nullable String id;
    private final UsageDays days;
    private final long[] ms;
    private final double[] cpuMs;
    private final double[] gpuMs;
    private boolean cpuAssumed;
    private boolean gpuAssumed;

    UsageRow(@Nullable String id, UsageDays days) {
        this.id = id;
        this.days = days;
        this.ms = new long[days.count()];
        this.cpuMs = new double[days.count()];
        this.gpuMs = new double[days.count()];
    }

    void add(long[] parts, QueueMachines.Weight weight) {
        for (int day = 0; day < parts.length; day++) {
            ms[day] += parts[day];
            cpuMs[day] += parts[day] * weight.cpu();
            gpuMs[day] += parts[day] * weight.gpu();
        }
        cpuAssumed |= weight.cpuAssumed();
        gpuAssumed |= weight.gpuAssumed();
    }

    Map<String, @Nullable Object> series(@Nullable String name, List<UsageField> fields) {
        Map<String, @Nullable Object> row = head(name);
        row.put("dates", days.dates());
        for (UsageField field : fields) {
            row.put(
                    field.member(),
                    switch (field) {
                        case DURATION ->
                            Arrays.stream(ms).map(UsageRow::seconds).boxed().toList();
                        case CPU_USAGE -> seconds(cpuMs);
                        case GPU_USAGE -> seconds(gpuMs);
                    });
        }
        return marked(row, fields);
    }

    Map<String, @Nullable Object> total(@Nullable String name, List<UsageField> fields) {
        Map<String, @Nullable Object> row = head(name);
        for (UsageField field : fields) {
            row.put(
                    field.member(),
                    switch (field) {
                        case DURATION -> seconds(Arrays.stream(ms).sum());
                        case CPU_USAGE -> Arrays.stream(cpuMs).sum() / 1000;
                        case GPU_USAGE -> Arrays.stream(gpuMs).sum() / 1000;
                    });
        }
        return marked(row, fields);
    }

    private Map<String, @Nullable Object> head(@Nullable String name) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("name", name);
        return row;
    }

    private Map<String, @Nullable Object> marked(Map<String, @Nullable Object> row, List<UsageField> fields) {
        if (cpuAssumed && fields.contains(UsageField.CPU_USAGE)) {
            row.put(UsageField.CPU_USAGE.mark(), true);
        }
        if (gpuAssumed && fields.contains(UsageField.GPU_USAGE)) {
            row.put(UsageField.GPU_USAGE.mark(), true);
        }
        return row;
    }

    private static long seconds(long ms) {
        return Math.round(ms / 1000.0);
    }

    private static List<Double> seconds(double[] ms) {
        List<Double> seconds = new ArrayList<>();
        for (double each : ms) {
            seconds.add(each / 1000);
        }
        return seconds;
    }
}
