package clearml.fileserver;

import java.nio.file.Files;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when the folder for files has gone, or cannot be written any more. */
@Component("storage")
class StorageHealth implements HealthIndicator {

    private final FileStore store;

    StorageHealth(FileStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        return Files.isWritable(store.root().resolve(StoredName.INCOMING))
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "the folder for files is not writable")
                        .build();
    }
}
