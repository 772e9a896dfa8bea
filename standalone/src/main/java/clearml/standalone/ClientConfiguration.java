package clearml.standalone;

import clearml.config.ServerConfig;
import clearml.config.SystemCredential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a client needs to connect: as a {@code clearml.conf}, and as variables to paste into a shell. */
record ClientConfiguration(Addresses addresses, Optional<SystemCredential> user) {

    /** The default user has no credentials where the operator has configured fixed users. */
    static ClientConfiguration of(Addresses addresses, ServerConfig config) {
        boolean fixed = config.auth().fixedUsers().enabled();
        return new ClientConfiguration(
                addresses,
                config.auth().systemCredentials().stream()
                        .filter(credential -> credential.name().equals("tests") && credential.isUsable())
                        .filter(credential -> !(fixed && credential.revokeInFixedMode()))
                        .findFirst());
    }

    void write(Path file) throws IOException {
        String credentials = user.map(pair -> "  credentials { access_key: \"%s\", secret_key: \"%s\" }\n"
                        .formatted(pair.key(), pair.secret()))
                .orElse("  # Log in to the web UI and create credentials there.\n");
        PrivateFile.write(file, """
                # For the ClearML SDK and agent. Written at every start.
                api {
                  web_server: "%s"
                  api_server: "%s"
                  files_server: "%s"
                %s}
                """.formatted(addresses.web(), addresses.api(), addresses.files(), credentials));
    }

    String asVariables(Path file) {
        return """
                export CLEARML_API_HOST=%s
                export CLEARML_WEB_HOST=%s
                export CLEARML_FILES_HOST=%s
                %s
                # or, instead of all of these:
                export CLEARML_CONFIG_FILE=%s
                """.formatted(addresses.api(), addresses.web(), addresses.files(), credentials(), file);
    }

    private String credentials() {
        return user.map(pair -> "export CLEARML_API_ACCESS_KEY=%s%nexport CLEARML_API_SECRET_KEY=%s"
                        .formatted(pair.key(), pair.secret()))
                .orElse("# Users are configured: create credentials in the web UI.");
    }
}
