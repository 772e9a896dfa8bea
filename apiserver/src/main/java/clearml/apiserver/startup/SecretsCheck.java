package clearml.apiserver.startup;

import clearml.config.ConfigException;
import clearml.config.ServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Looks for secrets that everybody knows, because they are the shipped ones. Existing installations work with them, so
 * they are only complained about; {@code apiserver.auth.refuse_shipped_secrets} makes them an error.
 */
@Component
class SecretsCheck implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsCheck.class);
    private static final String STRICT = "apiserver.auth.refuse_shipped_secrets";

    private final ServerConfig config;
    private final String address;

    SecretsCheck(ServerConfig config, @Value("${server.address:0.0.0.0}") String address) {
        this.config = config;
        this.address = address;
    }

    @Override
    public void afterPropertiesSet() {
        Set<String> shipped = config.shippedSecrets();
        if (shipped.isEmpty()) {
            return;
        }
        if (config.optBool(STRICT).orElse(false)) {
            throw new ConfigException(STRICT + ": change these, everybody knows them: " + String.join(", ", shipped));
        }
        if (!isLoopback(address)) {
            LOG.warn(
                    "Anybody who can reach {} can log in: these secrets are the shipped ones: {}",
                    address,
                    String.join(", ", shipped));
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
