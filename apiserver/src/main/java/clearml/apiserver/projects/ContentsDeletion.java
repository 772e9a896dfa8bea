package clearml.apiserver.projects;

import clearml.apiserver.call.Caller;
import java.util.Collection;
import java.util.List;

/** Deletes what lies in projects; {@code tasks} provides it, as tasks know of projects and not the other way round. */
public interface ContentsDeletion {

    /**
     * What was deleted.
     *
     * @param modelUrls files of models that the server does not delete
     * @param artifactUrls files of tasks that the server does not delete
     */
    record Deleted(long tasks, long models, List<String> modelUrls, List<String> artifactUrls) {}

    /**
     * Deletes all tasks and models in some projects with their events; references from other projects are undone.
     *
     * @param owner the project that is deleted
     * @param files whether the server is to delete the files of what is gone
     */
    Deleted delete(Collection<String> projects, String owner, boolean files, Caller caller);
}
