package clearml.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The only people who may log in, if enabled.
 *
 * @param passwordsHashed passwords are base64 of bcrypt hashes
 * @param users the guest first, if there is one
 * @param guestEndpoints what the guest may call with its password
 */
public record FixedUsers(boolean enabled, boolean passwordsHashed, List<FixedUser> users, List<String> guestEndpoints) {

    private static final String PATH = "apiserver.auth.fixed_users";
    private static final String GUEST = "services.auth.fixed_users.guest";
    private static final Set<String> MEMBERS = Set.of("username", "password", "name", "company", "is_guest");

    static FixedUsers of(ServerConfig config) {
        boolean enabled = config.optBool(PATH + ".enabled").orElse(false);
        List<FixedUser> users = new ArrayList<>();
        if (enabled && config.bool(GUEST + ".enabled")) {
            users.add(guest(config));
        }
        if (enabled) {
            config.sections(PATH + ".users").forEach(entry -> users.add(user(config, entry)));
        }
        checkUnique(users);
        return new FixedUsers(
                enabled,
                config.optBool(PATH + ".pass_hashed").orElse(false),
                List.copyOf(users),
                config.strings(GUEST + ".allow_endpoints"));
    }

    public Optional<FixedUser> find(String username) {
        return users.stream().filter(user -> user.username().equals(username)).findFirst();
    }

    private static FixedUser guest(ServerConfig config) {
        return new FixedUser(
                config.string(GUEST + ".username"),
                config.string(GUEST + ".password"),
                config.string(GUEST + ".name"),
                config.string(GUEST + ".default_company"),
                true);
    }

    private static FixedUser user(ServerConfig config, ServerConfig entry) {
        for (String member : entry.keys()) {
            if (!MEMBERS.contains(member)) {
                throw new ConfigException(PATH + ".users: unknown member \"" + member + "\"");
            }
        }
        String username = required(entry, "username");
        return new FixedUser(
                username,
                required(entry, "password"),
                entry.nonEmpty("name").orElse(username),
                entry.nonEmpty("company").orElseGet(config::defaultCompany),
                entry.optBool("is_guest").orElse(false));
    }

    private static String required(ServerConfig entry, String member) {
        return entry.nonEmpty(member)
                .orElseThrow(() -> new ConfigException(PATH + ".users: an entry has no \"" + member + "\""));
    }

    private static void checkUnique(List<FixedUser> users) {
        Set<String> seen = new HashSet<>();
        for (FixedUser user : users) {
            if (!seen.add(user.username())) {
                throw new ConfigException(PATH + ".users: \"" + user.username() + "\" is there twice");
            }
        }
    }

    @Override
    public String toString() {
        return "FixedUsers[" + (enabled ? users.size() + " users" : "disabled") + "]";
    }
}
