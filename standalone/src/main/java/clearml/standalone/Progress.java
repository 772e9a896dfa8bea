package clearml.standalone;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the person who starts this what has been done and when, in seconds since the start of the JVM. */
final class Progress {

    private final PrintStream out;
    private final long startMillis;

    Progress(PrintStream out, long startMillis) {
        this.out = out;
        this.startMillis = startMillis;
    }

    void say(String what) {
        out.printf(Locale.ROOT, "%5.1f s  %s%n", seconds(), what);
        out.flush();
    }

    void print(String text) {
        out.println(text);
        out.flush();
    }

    double seconds() {
        return (System.currentTimeMillis() - startMillis) / 1000.0;
    }
}
