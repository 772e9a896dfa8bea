package clearml.apiserver.store.elastic;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/** Names of the indices of statistics: {@code <kind>_<company>_<YYYY-MM>}, by the UTC month of the writing. */
public final class MonthlyIndices {

    private MonthlyIndices() {}

    /** Where to write at a time, in epoch ms. */
    public static String at(String kind, String company, long time) {
        return prefix(kind, company) + YearMonth.from(Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC));
    }

    /** A pattern for those of all months. */
    public static String all(String kind, String company) {
        return prefix(kind, company) + "*";
    }

    private static String prefix(String kind, String company) {
        return kind + "_" + company.toLowerCase(Locale.ROOT) + "_";
    }
}
