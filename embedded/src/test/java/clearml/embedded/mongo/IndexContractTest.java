package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class IndexContractTest extends MongoContractTest {

    private Document listed(String name) {
        for (Document index : collection.listIndexes()) {
            if (index.getString("name").equals(name)) {
                return index;
            }
        }
        throw new AssertionError("no index " + name);
    }

    @Test
    void uniqueViolationsSayWhatClientsTakeApart() {
        collection.createIndex(doc("{name: 1, company: 1}"), new IndexOptions().unique(true));
        insert("{_id: 1, name: 'x', company: 'y'}", "{_id: 2, name: 'x', company: 'z'}");
        String start = "E11000 duplicate key error collection: contract."
                + collection.getNamespace().getCollectionName();
        assertThatThrownBy(() -> insert("{_id: 3, name: 'x', company: 'y'}"))
                .isInstanceOfSatisfying(MongoWriteException.class, e -> {
                    assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY);
                    assertThat(e.getError().getMessage())
                            .isEqualTo(start + " index: name_1_company_1 dup key: { name: \"x\", company: \"y\" }");
                });
        assertThatThrownBy(() -> insert("{_id: 1}"))
                .isInstanceOfSatisfying(
                        MongoWriteException.class,
                        e -> assertThat(e.getError().getMessage())
                                .isEqualTo(start + " index: _id_ dup key: { _id: 1 }"));
        assertThatThrownBy(() -> collection.updateOne(doc("{_id: 2}"), doc("{$set: {company: 'y'}}")))
                .hasMessageContaining("E11000");
        assertThatThrownBy(() -> collection.findOneAndUpdate(doc("{_id: 2}"), doc("{$set: {company: 'y'}}")))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(11000));
        collection.updateOne(doc("{_id: 1}"), doc("{$set: {name: 'w'}}"));
        insert("{_id: 3, name: 'x', company: 'y'}");
    }

    @Test
    void sparseUniqueIndexesLetFieldsBeMissing() {
        collection.createIndex(
                doc("{email: 1}"), new IndexOptions().unique(true).sparse(true));
        insert("{_id: 1}", "{_id: 2}", "{_id: 3, email: 'a'}");
        assertThatThrownBy(() -> insert("{_id: 4, email: 'a'}")).isInstanceOf(MongoWriteException.class);
        assertFound("{email: null}", 1, 2);
        collection.createIndex(
                doc("{other: 1}"), new IndexOptions().unique(true).sparse(true));
        insert("{_id: 5, other: null}");
        assertThatThrownBy(() -> insert("{_id: 6, other: null}")).isInstanceOf(MongoWriteException.class);
    }

    @Test
    void definitionsAreListedAsTheyWereMade() {
        collection.createIndex(doc("{company: 1, name: 1}"), new IndexOptions().background(false));
        collection.createIndex(
                doc("{company: 1, project: 1}"),
                new IndexOptions()
                        .collation(Collation.builder()
                                .locale("en_US")
                                .numericOrdering(true)
                                .build()));
        collection.createIndex(
                doc("{name: 'text', _id: 'text', comment: 'text'}"),
                new IndexOptions()
                        .name("backend-db.task.main_text_index")
                        .defaultLanguage("english")
                        .weights(doc("{name: 10, id: 10, comment: 10}")));
        collection.createIndex(
                doc("{created: -1}"), new IndexOptions().unique(true).sparse(true));
        assertThat(listed("company_1_name_1")).containsEntry("key", doc("{company: 1, name: 1}"));
        assertThat((Document) listed("company_1_project_1").get("collation"))
                .containsEntry("locale", "en_US")
                .containsEntry("numericOrdering", true)
                .containsEntry("strength", 3);
        Document text = listed("backend-db.task.main_text_index");
        assertThat(text.get("key")).isEqualTo(doc("{_fts: 'text', _ftsx: 1}"));
        assertThat(text.get("weights")).isEqualTo(doc("{_id: 1, comment: 10, id: 10, name: 10}"));
        assertThat(text.getString("default_language")).isEqualTo("english");
        assertThat(listed("created_-1")).containsEntry("unique", true).containsEntry("sparse", true);
        assertThat(listed("_id_")).isEqualTo(doc("{v: 2, key: {_id: 1}, name: '_id_'}"));
    }

    @Test
    void makingTheSameAgainIsFineAndAnotherUnderItsNameIsNot() {
        for (int i = 0; i < 2; i++) {
            collection.createIndex(doc("{a: 1}"));
            collection.createIndex(
                    doc("{n: 'text'}"), new IndexOptions().name("t").weights(doc("{n: 10}")));
            collection.createIndex(
                    doc("{c: 1}"),
                    new IndexOptions()
                            .collation(Collation.builder().locale("en_US").build()));
        }
        assertThat(collection.listIndexes()).hasSize(4);
        assertConflict(doc("{b: 1}"), new IndexOptions().name("a_1"));
        assertConflict(doc("{a: 1}"), new IndexOptions().unique(true));
        assertConflict(doc("{a: 1}"), new IndexOptions().name("other"));
        assertConflict(doc("{m: 'text'}"), new IndexOptions().name("t2"));
    }

    private void assertConflict(Document key, IndexOptions options) {
        assertThatThrownBy(() -> collection.createIndex(key, options))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        e -> assertThat(e.getErrorCode()).isIn(85, 86));
    }

    @Test
    void indexesAreDroppedByNameKeyOrAll() {
        collection.createIndex(doc("{a: 1}"));
        collection.createIndex(doc("{b: 1}"));
        collection.createIndex(doc("{c: 1}"));
        collection.dropIndex("a_1");
        collection.dropIndex(doc("{b: 1}"));
        assertThat(collection.listIndexes()).hasSize(2);
        assertThatThrownBy(() -> collection.dropIndex("a_1")).isInstanceOf(MongoCommandException.class);
        collection.dropIndexes();
        assertThat(collection.listIndexes()).hasSize(1);
    }

    @Test
    void uniqueIndexCannotBeMadeOverDuplicates() {
        insert("{_id: 1, a: 1}", "{_id: 2, a: 1}");
        assertThatThrownBy(() -> collection.createIndex(doc("{a: 1}"), new IndexOptions().unique(true)))
                .hasMessageContaining("E11000");
        assertThat(collection.listIndexes()).hasSize(1);
    }

    @Test
    void textSearchFindsWordsPhrasesAndLeavesOutExcluded() {
        collection.createIndex(doc("{name: 'text', comment: 'text'}"));
        insert(
                "{_id: 1, name: 'Train ResNet', comment: 'first run'}",
                "{_id: 2, name: 'Eval', comment: 'ResNet run'}",
                "{_id: 3, name: 'other'}");
        assertFound("{$text: {$search: 'resnet'}}", 1, 2);
        assertFound("{$text: {$search: 'resnet -eval'}}", 1);
        assertFound("{$text: {$search: '\"first run\"'}}", 1);
        assertFound("{$text: {$search: 'other eval'}}", 2, 3);
    }

    @Test
    void whatFitsATextSearchBestMayComeFirst() {
        collection.createIndex(new Document("name", "text").append("comment", "text"));
        insert(
                "{_id: 1, name: 'resnet and much else that nobody has searched for'}",
                "{_id: 2, name: 'other'}",
                "{_id: 3, name: 'resnet', comment: 'eval'}",
                "{_id: 4, name: 'resnet'}");

        assertThat(collection
                        .find(doc("{$text: {$search: 'resnet eval'}}"))
                        .sort(doc("{score: {$meta: 'textScore'}, _id: 1}"))
                        .map(found -> found.getInteger("_id")))
                .containsExactly(3, 4, 1);
    }

    @Test
    void collectionsCanBeListedRenamedAndDropped() {
        var database = MongoServer.CLIENT.getDatabase("contract");
        String name = collection.getNamespace().getCollectionName();
        insert("{_id: 1}");
        assertThat(database.listCollectionNames()).contains(name);
        assertThat(MongoServer.CLIENT.listDatabaseNames()).contains("contract");
        collection.renameCollection(new com.mongodb.MongoNamespace("contract", name + "2"));
        assertThat(database.listCollectionNames()).contains(name + "2").doesNotContain(name);
        assertThat(database.getCollection(name + "2").find()).hasSize(1);
        database.getCollection(name + "2").drop();
        assertThat(database.listCollectionNames().into(new ArrayList<>())).doesNotContain(name, name + "2");
        assertThat(List.of(collection.countDocuments(), collection.estimatedDocumentCount()))
                .containsOnly(0L);
    }
}
