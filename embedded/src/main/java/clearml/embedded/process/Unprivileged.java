package clearml.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Runs programs that refuse root as the user {@code nobody}, who is given the folders they write. A folder that this user
 * cannot reach, as in root's home, becomes a link to one in {@code /var/lib/clearml-jvm-server}.
 */
public final class Unprivileged {

    private static final String USER = "nobody";
    private static final String GROUP_ID = "65534";
    private static final Path OPEN_PLACE = Path.of("/var/lib/clearml-jvm-server");

    private static final List<String> DROP =
            List.of("setpriv", "--reuid", USER, "--regid", GROUP_ID, "--clear-groups", "--no-new-privs");

    private Unprivileged() {}

    /** Whether this JVM runs as root. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * The folder, made if missing, at a path where the program can reach it.
     *
     * @throws StoreStartException when there is none
     */
    public static Path reachable(String program, Path folder) {
        try {
            if (isRoot() && !Files.exists(folder)) {
                Path parent = Files.createDirectories(Objects.requireNonNull(folder.getParent()));
                if (!reaches(program, parent)) {
                    Files.createDirectories(OPEN_PLACE);
                    Files.createSymbolicLink(folder, Files.createTempDirectory(OPEN_PLACE, folder.getFileName() + "-"));
                }
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw new StoreStartException("folder " + folder + " cannot be made for " + program + ": " + e, e);
        }
    }

    /**
     * What to put in front of a command so that it does not run as root: nothing when we are not root.
     *
     * @param program for the message
     * @param writes the folder it may write, which is given to the user with all that is in it
     * @param needs files it must be able to reach
     * @throws StoreStartException when no way is found
     */
    public static List<String> prefix(String program, Path writes, Path... needs) {
        if (!isRoot()) {
            return List.of();
        }
        give(program, writes);
        for (Path path : needs) {
            if (!reaches(program, path)) {
                throw new StoreStartException(program + " refuses to run as root, and user " + USER + " cannot reach "
                        + path + ": start as another user");
            }
        }
        return DROP;
    }

    private static boolean reaches(String program, Path path) {
        if (!Commands.exists("setpriv")) {
            throw new StoreStartException(
                    program + " refuses to run as root, and setpriv (package util-linux) is missing:"
                            + " start as another user");
        }
        return Commands.succeeds(DROP, "test", "-x", path.toString());
    }

    private static void give(String program, Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            UserPrincipal user =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setOwner(user);
            }
        } catch (IOException e) {
            throw new StoreStartException(
                    program + " refuses to run as root, and " + folder + " cannot be given to user " + USER + ": " + e,
                    e);
        }
    }
}
