package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.exception.MongoServerError;

/** The errors of the real server, by its codes and names. */
public final class Errors {

    /** The code of what took too long. */
    public static final int TIME_IS_OVER = 50;

    private Errors() {}

    /** 2 BadValue. */
    public static MongoServerError badValue(String message) {
        return new MongoServerError(2, "BadValue", message);
    }

    /** 9 FailedToParse. */
    public static MongoServerError failedToParse(String message) {
        return new MongoServerError(9, "FailedToParse", message);
    }

    /** 14 TypeMismatch. */
    public static MongoServerError typeMismatch(String message) {
        return new MongoServerError(14, "TypeMismatch", message);
    }

    /** 50 MaxTimeMSExpired. */
    public static MongoServerError timeIsOver() {
        return new MongoServerError(TIME_IS_OVER, "MaxTimeMSExpired", "operation exceeded time limit");
    }

    /** Any other code; the real server names the unnamed ones Location&lt;code&gt;. */
    public static MongoServerError location(int code, String message) {
        return new MongoServerError(code, message);
    }

    /** 115 CommandNotSupported: something that MongoDB has and this server does not. */
    public static MongoServerError unsupported(String what) {
        return new MongoServerError(115, "CommandNotSupported", what + " is not supported by the embedded server");
    }
}
