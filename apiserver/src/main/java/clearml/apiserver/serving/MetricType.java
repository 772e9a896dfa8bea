package clearml.apiserver.serving;

/** What is charted of an endpoint. */
enum MetricType {
    REQUESTS("requests_num", "Number of Requests", true),
    REQUESTS_MIN("requests_min", "Requests per Minute", true),
    LATENCY_MS("latency_ms", "Average Latency (ms)", false),
    CPU_COUNT("cpu_num", "CPU Count", true),
    GPU_COUNT("gpu_num", "GPU Count", true),
    CPU_UTIL("cpu_usage", "Average CPU Load (%)", false),
    GPU_UTIL("gpu_usage", "Average GPU Utilization (%)", false),
    RAM_TOTAL("memory_total", "RAM Total (GB)", true),
    RAM_USED("memory_used", "RAM Used (GB)", true),
    RAM_FREE("memory_free", "RAM Free (GB)", true),
    GPU_RAM_TOTAL("gpu_memory_total", "GPU RAM Total (GB)", true),
    GPU_RAM_USED("gpu_memory_used", "GPU RAM Used (GB)", true),
    GPU_RAM_FREE("gpu_memory_free", "GPU RAM Free (GB)", true),
    NETWORK_RX("network_rx", "Network Throughput RX (MBps)", true),
    NETWORK_TX("network_tx", "Network Throughput TX (MBps)", true);

    private static final double MB_IN_A_GB = 1024;

    private final String field;
    private final String title;
    private final boolean summed;

    MetricType(String field, String title, boolean summed) {
        this.field = field;
        this.title = title;
        this.summed = summed;
    }

    /** The member of the documents. */
    String field() {
        return field;
    }

    String title() {
        return title;
    }

    /** Whether that of all instances is their sum; else it is their mean. */
    boolean summed() {
        return summed;
    }

    /** How several values of one instance in an interval become one: requests are counted from its start. */
    String aggregation() {
        return this == REQUESTS ? "max" : "avg";
    }

    /** Whether only intervals with reports are points. */
    boolean onlyReported() {
        return this == REQUESTS;
    }

    /** What a stored unit is divided by. */
    double divisor() {
        return field.contains("memory") ? MB_IN_A_GB : 1;
    }
}
