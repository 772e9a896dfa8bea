package clearml.apiserver.projects;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class RelocationTest {

    private final Document grandchild =
            new Document("_id", "d").append("name", "aaa/bbb/ccc/ddd").append("path", List.of("a", "b", "c"));

    @Test
    void whatLiesBelowKeepsItsOwnPartOfNameAndPath() {
        BsonDocument set = changed(new Relocation("b", "xxx/yyy/bbb", List.of("x", "y")));

        assertThat(set.getString("name").getValue()).isEqualTo("xxx/yyy/bbb/ccc/ddd");
        assertThat(set.getArray("path").stream().map(id -> id.asString().getValue()))
                .containsExactly("x", "y", "b", "c");
    }

    @Test
    void atTheRootThePathBeginsWithTheProject() {
        BsonDocument set = changed(new Relocation("b", "bbb", List.of()));

        assertThat(set.getString("name").getValue()).isEqualTo("bbb/ccc/ddd");
        assertThat(set.getArray("path").stream().map(id -> id.asString().getValue()))
                .containsExactly("b", "c");
    }

    @Test
    void whatFitsAlreadyIsLeftAlone() {
        assertThat(new Relocation("b", "aaa/bbb", List.of("a")).ofDescendants(List.of(grandchild)))
                .isEmpty();
    }

    private BsonDocument changed(Relocation relocation) {
        return relocation
                .ofDescendants(List.of(grandchild))
                .get(0)
                .getUpdate()
                .toBsonDocument(BsonDocument.class, MongoClientSettings.getDefaultCodecRegistry())
                .getDocument("$set");
    }
}
