package clearml.apiserver.projects;

import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.PythonText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The name of a project: its path in the tree, {@code A/B/C}, every part trimmed and none empty.
 *
 * @param given as the client sent it; answers and messages echo that
 */
record ProjectName(List<String> parts, String given) {

    static final int SHORTEST_BASENAME = 3;

    /** 400/407 when nothing is left, or a part consists of blanks. */
    static ProjectName parse(String name) {
        List<String> parts = Arrays.stream(name.split("/"))
                .filter(part -> !part.isEmpty())
                .map(String::strip)
                .toList();
        if (parts.isEmpty() || parts.contains("")) {
            throw ApiError.INVALID_PROJECT_NAME.with("name", name);
        }
        return new ProjectName(parts, name);
    }

    /** The normalised name, as it is stored. */
    String full() {
        return String.join("/", parts);
    }

    String basename() {
        return parts.get(parts.size() - 1);
    }

    /** The name of the parent, empty for a root project. */
    String location() {
        return String.join("/", parts.subList(0, parts.size() - 1));
    }

    /** The names of all ancestors, from the root down. */
    List<ProjectName> ancestors() {
        return IntStream.range(1, parts.size())
                .mapToObj(count -> new ProjectName(parts.subList(0, count), given))
                .toList();
    }

    boolean isTooShort() {
        return PythonText.length(basename()) < SHORTEST_BASENAME;
    }

    /** 400/12 for a last part that is too short. */
    void checkBasename() {
        if (isTooShort()) {
            throw ApiError.VALIDATION_ERROR.of("Project name cannot be blank");
        }
    }

    /** 400/409 when the tree would become too deep. */
    void checkDepth(int most) {
        if (parts.size() > most) {
            throw ApiError.PROJECT_PATH_EXCEEDS_MAX.with("max_depth", most);
        }
    }
}
