package clearml.apiserver.query;

import java.time.Duration;

/**
 * What a single list may cost.
 *
 * @param maxPageSize most rows of a page that is no scroll ({@code services._mongo.max_page_size})
 * @param maxTime of one query in MongoDB
 * @param allowDiskUse whether sorting may use the disk ({@code services._mongo.allow_disk_use.sort})
 */
public record QueryLimits(int maxPageSize, Duration maxTime, boolean allowDiskUse) {

    public static final QueryLimits DEFAULT = new QueryLimits(500, Duration.ofSeconds(60), true);
}
