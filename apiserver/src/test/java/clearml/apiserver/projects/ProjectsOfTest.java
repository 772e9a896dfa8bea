package clearml.apiserver.projects;

import clearml.apiserver.store.mongo.MongoStores;

/** What those that lie in projects need of them, on given stores. */
public final class ProjectsOfTest {

    private ProjectsOfTest() {}

    public static ProjectReferences references(MongoStores stores) {
        return new ProjectReferences(stores);
    }
}
