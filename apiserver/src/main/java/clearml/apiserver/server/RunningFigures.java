package clearml.apiserver.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Minimum, maximum and mean of numbers as they come. */
final class RunningFigures {

    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;

    synchronized void add(double value) {
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        mean += (value - mean) / count;
    }

    /** Zeros when there was no number. */
    synchronized Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("min", count == 0 ? 0 : min);
        figures.put("max", count == 0 ? 0 : max);
        figures.put("avg", mean);
        return figures;
    }
}
