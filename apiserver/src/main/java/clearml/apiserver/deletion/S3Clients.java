package clearml.apiserver.deletion;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/** Makes clients of S3, only when one is needed: the library takes a second to load. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 2;

    private S3Clients() {}

    /** @param timeout for a call with its repetitions */
    static S3Client create(S3Access access, Duration timeout) throws IOException {
        S3ClientBuilder client = S3Client.builder()
                .region(access.region().isEmpty() ? Region.US_EAST_1 : Region.of(access.region()))
                .credentialsProvider(credentials(access))
                .httpClient(http(access, timeout))
                .overrideConfiguration(
                        calls -> calls.apiCallTimeout(timeout).retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)))
                // Other servers than Amazon's may know no other checksum than MD5.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create());
        if (access.host().isEmpty()) {
            client.crossRegionAccessEnabled(true);
        } else {
            client.endpointOverride(URI.create((access.secure() ? "https://" : "http://") + access.host()))
                    .forcePathStyle(true);
        }
        return client.build();
    }

    private static AwsCredentialsProvider credentials(S3Access access) {
        if (access.chain()) {
            var chain = DefaultCredentialsProvider.builder();
            return access.profile().isEmpty()
                    ? chain.build()
                    : chain.profileName(access.profile()).build();
        }
        return StaticCredentialsProvider.create(
                access.token().isEmpty()
                        ? AwsBasicCredentials.create(access.key(), access.secret())
                        : AwsSessionCredentials.create(access.key(), access.secret(), access.token()));
    }

    private static SdkHttpClient http(S3Access access, Duration timeout) throws IOException {
        var http = UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(timeout);
        return switch (access.verify()) {
            case "true" -> http.build();
            case "false" ->
                http.buildWithDefaults(AttributeMap.builder()
                        .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                        .build());
            default -> {
                var trusted = TrustedCertificates.in(Path.of(access.verify()));
                yield http.tlsTrustManagersProvider(() -> trusted).build();
            }
        };
    }
}
