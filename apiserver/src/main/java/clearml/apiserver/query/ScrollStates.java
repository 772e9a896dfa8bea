package clearml.apiserver.query;

import java.util.OptionalInt;

/** Remembers how far clients have scrolled, for all servers of an installation and for some minutes. */
public interface ScrollStates {

    /** The number of documents shown so far; empty for a scroll that is unknown or has been forgotten. */
    OptionalInt position(String scrollId);

    void remember(String scrollId, int position);
}
