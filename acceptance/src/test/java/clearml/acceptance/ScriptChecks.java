package clearml.acceptance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** The tests that a client script reports: one for each of its checks, and that it ended. */
final class ScriptChecks {

    private static final Pattern RESULT = Pattern.compile("^(PASS|FAIL) ([^\n:]+)(?:: (.*))?$", Pattern.MULTILINE);

    private ScriptChecks() {}

    static Stream<DynamicNode> of(String script, SdkScripts scripts, ChildProcess done) {
        var tests = new ArrayList<DynamicNode>();
        var matcher = RESULT.matcher(done.output());
        while (matcher.find()) {
            var passed = matcher.group(1).equals("PASS");
            var difference = String.valueOf(matcher.group(3)).replace("\\n", "\n");
            tests.add(dynamicTest(matcher.group(2), () -> Assertions.assertTrue(passed, difference)));
        }
        var reported = tests.size();
        tests.add(dynamicTest(script + " ends by itself and in time", () -> {
            Assertions.assertTrue(done.inTime(), () -> script + " hung; see " + scripts.folder() + "\n" + tail(done));
            Assertions.assertTrue(reported > 0, () -> script + " checked nothing:\n" + tail(done));
            Assertions.assertTrue(
                    done.status() == 0 || done.status() == 1, () -> "exit status " + done.status() + "\n" + tail(done));
        }));
        return tests.stream();
    }

    private static String tail(ChildProcess done) {
        var output = done.output();
        return output.substring(Math.max(0, output.length() - 4000));
    }
}
