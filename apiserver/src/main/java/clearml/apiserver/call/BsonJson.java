package clearml.apiserver.call;

import org.bson.BsonBinaryReader;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.io.ByteBufferBsonInput;
import tools.jackson.core.JsonGenerator;

/** Streams BSON bytes to JSON without objects in between. */
final class BsonJson {

    private final JsonGenerator out;

    BsonJson(JsonGenerator out) {
        this.out = out;
    }

    void write(RawBsonDocument document) {
        try (BsonBinaryReader reader = new BsonBinaryReader(new ByteBufferBsonInput(document.getByteBuffer()))) {
            writeDocument(reader);
        }
    }

    private void writeDocument(BsonReader reader) {
        out.writeStartObject();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            out.writeName(reader.readName());
            writeValue(reader);
        }
        reader.readEndDocument();
        out.writeEndObject();
    }

    private void writeArray(BsonReader reader) {
        out.writeStartArray();
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            writeValue(reader);
        }
        reader.readEndArray();
        out.writeEndArray();
    }

    private void writeValue(BsonReader reader) {
        switch (reader.getCurrentBsonType()) {
            case DOCUMENT -> writeDocument(reader);
            case ARRAY -> writeArray(reader);
            case STRING -> out.writeString(reader.readString());
            case INT32 -> out.writeNumber(reader.readInt32());
            case INT64 -> out.writeNumber(reader.readInt64());
            case DOUBLE -> JsonWriter.writeDouble(out, reader.readDouble());
            case BOOLEAN -> out.writeBoolean(reader.readBoolean());
            case DATE_TIME -> out.writeString(JsonWriter.zoned(reader.readDateTime()));
            case OBJECT_ID -> out.writeString(reader.readObjectId().toHexString());
            case BINARY -> out.writeBinary(reader.readBinaryData().getData());
            case DECIMAL128 -> out.writeNumber(reader.readDecimal128().bigDecimalValue());
            case NULL -> {
                reader.readNull();
                out.writeNull();
            }
            default -> {
                reader.skipValue();
                out.writeNull();
            }
        }
    }
}
