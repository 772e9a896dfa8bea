package clearml.apiserver.deletion;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** A bucket. What S3 does not find it reports as deleted. */
record S3Bucket(S3Access access, String name, Duration timeout) implements Storage.Place {

    private static final int AT_ONCE = 1_000;
    private static final String NOT_FOUND = "NoSuchKey";

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Storage.Session open() throws IOException {
        S3Client client = S3Clients.create(access, timeout);
        return new Storage.Session() {
            @Override
            public Deleted delete(List<String> keys) throws IOException {
                return S3Bucket.this.delete(client, keys);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    private Deleted delete(S3Client client, List<String> keys) throws IOException {
        Delete objects = Delete.builder()
                .objects(keys.stream()
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList())
                .build();
        try {
            return result(client.deleteObjects(request -> request.bucket(name).delete(objects)));
        } catch (SdkException e) {
            throw new IOException("s3://" + name + ": " + e.getMessage(), e);
        }
    }

    private static Deleted result(DeleteObjectsResponse answer) {
        Set<String> gone = new HashSet<>();
        Map<String, String> errors = new HashMap<>();
        answer.deleted().stream().map(DeletedObject::key).forEach(gone::add);
        for (S3Error error : answer.errors()) {
            if (NOT_FOUND.equals(error.code())) {
                gone.add(error.key());
            } else {
                errors.put(error.key(), error.code() + ": " + error.message());
            }
        }
        return new Deleted(gone, errors);
    }
}
