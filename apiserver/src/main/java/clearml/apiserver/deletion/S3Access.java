package clearml.apiserver.deletion;

import java.util.Locale;

/**
 * Where and as whom S3 is spoken to.
 *
 * @param host with its port; empty for Amazon's own
 * @param region empty for any
 * @param verify whether a certificate must be valid: {@code true}, {@code false}, or a file with those to trust
 * @param chain whether credentials come from the environment, files or the machine, as for Amazon's tools
 * @param profile which ones of these; empty for the default
 */
record S3Access(
        String host,
        String key,
        String secret,
        String token,
        String region,
        boolean secure,
        String verify,
        boolean chain,
        String profile) {

    static S3Access of(StorageOptions options, String host) {
        return new S3Access(
                host,
                options.text("key"),
                options.text("secret"),
                options.text("token"),
                options.text("region"),
                options.flag("secure", true),
                verify(options.text("verify", "true")),
                options.flag("use_credentials_chain", false),
                options.text("profile"));
    }

    private static String verify(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return small.equals("true") || small.equals("false") ? small : text;
    }

    S3Access at(String otherHost) {
        return new S3Access(otherHost, key, secret, token, region, secure, verify, chain, profile);
    }

    boolean isComplete() {
        return chain || (!key.isEmpty() && !secret.isEmpty());
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return host.isEmpty() ? "S3" : "S3 at " + host;
    }
}
