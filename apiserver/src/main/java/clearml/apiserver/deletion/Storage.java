package clearml.apiserver.deletion;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A kind of storage that files can be deleted from. */
interface Storage {

    /** As in {@code storage_type} of {@code url_to_delete}. */
    String type();

    /** What it is called in reasons. */
    String title();

    /** Where files of a company lie, by the settings of this moment. */
    Places places(String company);

    /** Empty for URLs of other storages, and for those that nothing is configured for. */
    @FunctionalInterface
    interface Places {
        Optional<Location> find(String url);
    }

    /**
     * @param place equal for all files that can be deleted together
     * @param path the file's name there; empty for the place itself, which is never deleted
     */
    record Location(Place place, String path) {}

    /** A server, a bucket or a container. */
    interface Place {

        /** How many files one call may delete. */
        int atOnce();

        /** Throws when there is no way to it, such as without credentials. */
        Session open() throws IOException;
    }

    /** Deletes files of one place. */
    @FunctionalInterface
    interface Session extends AutoCloseable {

        /** Throws when the place as a whole fails. */
        Deleted delete(List<String> paths) throws IOException;

        @Override
        default void close() {}
    }
}
