package clearml.apiserver.auth;

import clearml.apiserver.call.ApiError;
import java.net.IDN;
import java.util.regex.Pattern;

/** What is accepted as the address of a user: a local part, and a host name of at least two labels. */
final class EmailAddress {

    private static final Pattern LOCAL =
            Pattern.compile("[\\w!#$%&'*+/=?^`{}|~-]+(\\.[\\w!#$%&'*+/=?^`{}|~-]+)*|\"[^\"\\\\\\r\\n]+\"");
    private static final Pattern HOST = Pattern.compile(
            "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

    private EmailAddress() {}

    /** Throws 400/800 for what is no address. */
    static void check(String email) {
        int at = email.lastIndexOf('@');
        if (at < 1
                || !LOCAL.matcher(email.substring(0, at)).matches()
                || !HOST.matcher(ascii(email.substring(at + 1))).matches()) {
            throw ApiError.DATA_VALIDATION_ERROR.with("email", "Invalid email address: " + email);
        }
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
