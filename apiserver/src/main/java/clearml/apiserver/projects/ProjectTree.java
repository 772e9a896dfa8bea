package clearml.apiserver.projects;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bson.Document;

/** The projects below some projects. */
final class ProjectTree {

    private final Map<String, List<Document>> below = new HashMap<>();

    /** @param descendants with {@code name} and {@code path}, in any order */
    ProjectTree(Collection<String> roots, List<Document> descendants) {
        roots.forEach(root -> below.put(root, new ArrayList<>()));
        descendants.stream()
                .sorted(Comparator.comparing(project -> String.valueOf(project.get("name"))))
                .forEach(project -> {
                    for (Object ancestor : project.getList("path", Object.class, List.of())) {
                        List<Document> list = below.get(String.valueOf(ancestor));
                        if (list != null) {
                            list.add(project);
                        }
                    }
                });
    }

    /** Those below a project, by name. */
    List<Document> below(String project, Predicate<Document> which) {
        return below.getOrDefault(project, List.of()).stream().filter(which).toList();
    }

    static boolean isHidden(Document project) {
        return project.getList("system_tags", Object.class, List.of()).contains("hidden");
    }
}
