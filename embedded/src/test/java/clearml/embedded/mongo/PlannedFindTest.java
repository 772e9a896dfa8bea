package clearml.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Finds with indexes answer the same as finds without any. */
class PlannedFindTest extends MongoContractTest {

    private static final int QUERIES = 3_000;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void indexesNeverChangeTheAnswer() {
        var plain = MongoServer.CLIENT
                .getDatabase("contract")
                .getCollection(collection.getNamespace().getCollectionName() + "plain");
        for (String key : List.of(
                "{a: 1}",
                "{b: -1}",
                "{a: 1, b: 1}",
                "{b: 1, l: 1, a: 1}",
                "{l: 1}",
                "{'e.x': 1}",
                "{'o.p': 1, a: 1}",
                "{a: 1, s: 1, l: 1}")) {
            collection.createIndex(doc(key));
        }
        collection.createIndex(doc("{s: 1}"), new IndexOptions().sparse(true));
        try {
            for (int i = 0; i < QUERIES; i++) {
                change(plain, i);
                compare(plain);
            }
        } finally {
            plain.drop();
        }
    }

    private void change(com.mongodb.client.MongoCollection<Document> plain, int i) {
        if (i < 300 || random.nextInt(10) == 0) {
            Document document = document(i);
            collection.insertOne(document);
            plain.insertOne(document);
        } else if (random.nextInt(5) == 0) {
            Document filter = new Document("_id", random.nextInt(i));
            if (random.nextInt(4) == 0) {
                collection.deleteOne(filter);
                plain.deleteOne(filter);
            } else {
                Document update = new Document("$set", new Document(field(), value()));
                Document other = document(0);
                other.remove("_id");
                boolean replace = random.nextBoolean();
                for (var each : List.of(collection, plain)) {
                    if (replace) {
                        each.replaceOne(filter, other);
                    } else {
                        try {
                            each.updateOne(filter, update);
                        } catch (com.mongodb.MongoWriteException notViable) {
                            assertThat(notViable.getCode()).isEqualTo(28);
                        }
                    }
                }
            }
        }
    }

    private Document document(int id) {
        Document document = new Document("_id", id);
        for (String name : List.of("a", "b", "s")) {
            if (random.nextInt(5) > 0) {
                document.append(name, value());
            }
        }
        if (random.nextInt(4) > 0) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(value());
            }
            document.append("l", list);
        }
        if (random.nextBoolean()) {
            document.append("o", new Document("p", value()));
        }
        if (random.nextBoolean()) {
            document.append("e", List.of(new Document("x", value()), new Document("x", value())));
        }
        return document;
    }

    private String field() {
        return List.of("a", "b", "s", "l", "o.p", "e.x")
                .get(random.nextInt(random.nextInt(3) == 0 ? 6 : 4))
                .replace("e.x", "e.0.x");
    }

    private Object value() {
        return switch (random.nextInt(10)) {
            case 8 -> new Date(random.nextInt(4));
            // not kept beside the bytes of its document
            case 9 -> "long ".repeat(30) + random.nextInt(3);
            case 0 -> null;
            case 1 -> "s" + random.nextInt(4);
            case 2 -> random.nextInt(5) + 0.5;
            case 3 -> (long) random.nextInt(5);
            default -> random.nextInt(5);
        };
    }

    private void compare(com.mongodb.client.MongoCollection<Document> plain) {
        Document filter = filter(2);
        Document sort = new Document(
                        List.of("a", "b", "s", "l", "e.x").get(random.nextInt(5)), random.nextBoolean() ? 1 : -1)
                .append("_id", 1);
        int limit = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(20);
        int skip = random.nextInt(4);
        assertThat(ids(collection.find(filter).sort(sort).skip(skip).limit(limit)))
                .as("%s sort %s skip %s limit %s seed %s", filter.toJson(), sort.toJson(), skip, limit, seed)
                .isEqualTo(ids(plain.find(filter).sort(sort).skip(skip).limit(limit)));
        assertThat(ids(collection.find(filter)))
                .as("%s seed %s", filter.toJson(), seed)
                .isEqualTo(ids(plain.find(filter)));
        if (random.nextInt(4) == 0) {
            List<Document> grouped = grouped(filter);
            assertThat(collection.aggregate(grouped))
                    .as("%s seed %s", grouped, seed)
                    .containsExactlyElementsOf(plain.aggregate(grouped).into(new ArrayList<>()));
        }
    }

    private List<Document> grouped(Document filter) {
        Document group = new Document("_id", new Document("by", "$" + field()).append("and", "$a"))
                .append("some", new Document("$push", "$" + field()))
                .append("last", new Document("$max", "$b"));
        return List.of(new Document("$match", filter), new Document("$group", group));
    }

    private Document filter(int depth) {
        Document filter = new Document();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = List.of("a", "b", "s", "l", "o.p", "e.x", "_id").get(random.nextInt(7));
            filter.append(name, condition());
        }
        if (depth > 0 && random.nextInt(4) == 0) {
            filter.append(
                    List.of("$or", "$and", "$nor").get(random.nextInt(3)),
                    List.of(filter(depth - 1), filter(depth - 1)));
        }
        if (random.nextInt(8) == 0) {
            filter.append("e", new Document("$elemMatch", new Document("x", condition())));
        }
        return filter;
    }

    private Object condition() {
        List<Object> some = new ArrayList<>(Arrays.asList(value(), value(), value()));
        Collections.shuffle(some, random);
        return switch (random.nextInt(12)) {
            case 0 -> new Document("$gt", notNull()).append("$lte", notNull());
            case 1 -> new Document("$gte", notNull());
            case 2 -> new Document("$lt", value());
            case 3, 4 -> new Document("$in", some);
            case 5 -> new Document("$nin", some);
            case 6 -> new Document("$ne", value());
            case 7 -> new Document("$exists", random.nextBoolean());
            case 8 -> new Document("$all", some);
            case 9 -> new Document("$regex", "^s" + random.nextInt(4));
            default -> value();
        };
    }

    private Object notNull() {
        Object value = value();
        return value == null ? 2 : value;
    }
}
