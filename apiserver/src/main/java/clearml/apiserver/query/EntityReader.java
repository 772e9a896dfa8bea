package clearml.apiserver.query;

import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryReader;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.io.ByteBufferBsonInput;
import org.jspecify.annotations.Nullable;

/**
 * Decodes stored documents straight into rows: members that are not known or not wanted are skipped, missing ones get
 * their defaults, keys are unescaped. In the joined form a reference becomes an object with its id, or that of the joins
 * if more of it is wanted.
 */
final class EntityReader {

    private static final FieldType FREE = new FieldType.Free();

    private final EntityModel model;
    private final @Nullable Joins joins;

    /**
     * @param joins null for the plain form
     */
    EntityReader(EntityModel model, @Nullable Joins joins) {
        this.model = model;
        this.joins = joins;
    }

    Fields fields() {
        return model.fields();
    }

    Map<String, Object> read(RawBsonDocument document, Projection projection) {
        // asBsonReader() would build an object for every value first
        BsonReader reader = new BsonBinaryReader(new ByteBufferBsonInput(document.getByteBuffer()));
        return object(reader, model.fields(), projection);
    }

    private Map<String, Object> object(BsonReader reader, Fields fields, Projection projection) {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String stored = reader.readName();
            String name = stored.equals("_id") ? "id" : stored;
            Field field = fields.get(name);
            Projection wanted = field == null ? null : projection.member(name);
            if (field == null || wanted == null) {
                reader.skipValue();
            } else {
                Object value = value(reader, field.type(), wanted);
                if (value != null) {
                    object.put(name, value);
                }
            }
        }
        reader.readEndDocument();
        addMissing(object, fields, projection);
        return object;
    }

    private static void addMissing(Map<String, Object> object, Fields fields, Projection projection) {
        for (Field field : fields.withDefault()) {
            Projection wanted = object.containsKey(field.name()) ? null : projection.member(field.name());
            if (wanted != null) {
                object.put(field.name(), missing(field, wanted));
            }
        }
    }

    private static Object missing(Field field, Projection projection) {
        if (field.initial() != null) {
            return field.initial().get();
        }
        Map<String, Object> object = new LinkedHashMap<>();
        addMissing(object, ((FieldType.Embedded) field.type()).fields(), projection);
        return object;
    }

    private @Nullable Object value(BsonReader reader, FieldType type, Projection projection) {
        if (type instanceof FieldType.Reference reference && joins != null) {
            return reference(reader, reference, projection, joins);
        }
        return switch (reader.getCurrentBsonType()) {
            case DOCUMENT -> document(reader, type, projection);
            case ARRAY -> array(reader, type, projection);
            default -> scalar(reader, type);
        };
    }

    private Map<String, Object> document(BsonReader reader, FieldType type, Projection projection) {
        if (type instanceof FieldType.Embedded embedded) {
            return object(reader, embedded.fields(), projection);
        }
        boolean escaped = type instanceof FieldType.MapOf map && map.escapedKeys();
        FieldType member = type instanceof FieldType.MapOf map ? map.value() : FREE;
        Map<String, Object> object = new LinkedHashMap<>();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String key = reader.readName();
            Projection wanted = projection.member(key);
            if (wanted == null) {
                reader.skipValue();
            } else {
                object.put(escaped ? KeyEscaping.unescape(key) : key, value(reader, member, wanted));
            }
        }
        reader.readEndDocument();
        return object;
    }

    private List<Object> array(BsonReader reader, FieldType type, Projection projection) {
        FieldType item = type instanceof FieldType.ListOf list ? list.item() : FREE;
        List<Object> items = new ArrayList<>();
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            items.add(value(reader, item, projection));
        }
        reader.readEndArray();
        if (type instanceof FieldType.ListOf list && list.sorted() && items.size() > 1) {
            items.sort(EntityReader::byText);
        }
        return items;
    }

    private static int byText(@Nullable Object one, @Nullable Object other) {
        return String.valueOf(one).compareTo(String.valueOf(other));
    }

    private @Nullable Object reference(
            BsonReader reader, FieldType.Reference reference, Projection projection, Joins joins) {
        Object id = scalar(reader, FREE);
        Map<String, Object> object = new LinkedHashMap<>();
        if (id == null || "".equals(id)) {
            return object;
        }
        if (projection.joins()) {
            return joins.object(reference.entity(), projection, id);
        }
        object.put("id", id);
        return object;
    }

    private static @Nullable Object scalar(BsonReader reader, FieldType type) {
        switch (reader.getCurrentBsonType()) {
            case STRING:
                return reader.readString();
            case INT32:
                return number(reader.readInt32(), type);
            case INT64:
                return number(reader.readInt64(), type);
            case DOUBLE:
                double number = reader.readDouble();
                return type == FieldType.Scalar.INT && number == Math.rint(number) ? (Object) (long) number : number;
            case BOOLEAN:
                return reader.readBoolean();
            case DATE_TIME:
                return new Date(reader.readDateTime());
            case DECIMAL128:
                return reader.readDecimal128().bigDecimalValue();
            case OBJECT_ID:
                return reader.readObjectId().toHexString();
            default:
                reader.skipValue();
                return null;
        }
    }

    private static Object number(Number number, FieldType type) {
        return type == FieldType.Scalar.FLOAT ? (Object) number.doubleValue() : number;
    }
}
