package clearml.apiserver.deletion;

import clearml.apiserver.jobs.Lease;
import com.mongodb.MongoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes the files of {@code url_to_delete}. What cannot be deleted keeps nothing else from it. */
@Component
class FileDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(FileDeletion.class);

    private final DueFiles due;
    private final List<Storage> storages;

    FileDeletion(DueFiles due, List<Storage> storages) {
        this.due = due;
        this.storages = storages;
    }

    /** Deletes whatever is due: how many files are gone. Throws, when done with the others, if a storage is away. */
    long run(Lease lease) {
        long gone = 0;
        RuntimeException failure = null;
        for (Storage storage : storages) {
            try {
                gone += run(storage, lease);
            } catch (RuntimeException e) {
                failure = first(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return gone;
    }

    private static RuntimeException first(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private long run(Storage storage, Lease lease) {
        long gone = 0;
        List<DueFiles.Due> files;
        while (lease.isHeld() && !(files = due.next(storage.type())).isEmpty()) {
            gone += delete(storage, files, lease);
        }
        return gone;
    }

    private long delete(Storage storage, List<DueFiles.Due> files, Lease lease) {
        Storage.Places places = storage.places(files.get(0).company());
        Map<Storage.Place, Map<String, List<DueFiles.Due>>> found = new LinkedHashMap<>();
        List<DueFiles.Due> foreign = new ArrayList<>();
        List<DueFiles.Due> pathless = new ArrayList<>();
        for (DueFiles.Due file : files) {
            Optional<Storage.Location> location = places.find(file.url());
            if (location.isEmpty()) {
                foreign.add(file);
            } else if (location.get().path().isEmpty()) {
                pathless.add(file);
            } else {
                found.computeIfAbsent(location.get().place(), place -> new LinkedHashMap<>())
                        .computeIfAbsent(location.get().path(), path -> new ArrayList<>())
                        .add(file);
            }
        }
        due.giveUp(
                foreign,
                "Invalid %s url or missing %s configuration for account".formatted(storage.title(), storage.title()));
        due.giveUp(pathless, "Empty path");
        long gone = 0;
        for (var place : found.entrySet()) {
            gone += delete(place.getKey(), place.getValue(), lease);
        }
        return gone;
    }

    /** A place that fails as a whole fails once, and is not waited for again and again. */
    private long delete(Storage.Place place, Map<String, List<DueFiles.Due>> byPath, Lease lease) {
        List<String> paths = List.copyOf(byPath.keySet());
        long gone = 0;
        int from = 0;
        try (Storage.Session session = place.open()) {
            while (from < paths.size() && lease.isHeld()) {
                List<String> some = paths.subList(from, Math.min(from + place.atOnce(), paths.size()));
                gone += settle(some, byPath, session.delete(some));
                from += some.size();
            }
        } catch (StorageAwayException | MongoException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            List<String> others = paths.subList(from, paths.size());
            settle(others, byPath, Deleted.none(others, e.toString()));
        }
        return gone;
    }

    private int settle(List<String> paths, Map<String, List<DueFiles.Due>> byPath, Deleted result) {
        List<DueFiles.Due> gone = new ArrayList<>();
        Map<String, List<DueFiles.Due>> failed = new HashMap<>();
        for (String path : paths) {
            List<DueFiles.Due> files = byPath.getOrDefault(path, List.of());
            if (result.gone().contains(path)) {
                gone.addAll(files);
            } else {
                failed.computeIfAbsent(result.errors().getOrDefault(path, "Not succeeded"), reason -> new ArrayList<>())
                        .addAll(files);
            }
        }
        due.gone(gone);
        failed.forEach((reason, files) -> {
            LOG.warn("{} files could not be deleted: {}", files.size(), reason);
            due.tryAgain(files, reason);
        });
        return gone.size();
    }
}
