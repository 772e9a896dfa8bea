package clearml.apiserver.organization;

import clearml.apiserver.call.PythonText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of values as CSV that spreadsheets open as what it is: no cell becomes a formula. */
final class CsvWriter {

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String FORMULA = "=+-@\t\r";
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final Writer out;

    CsvWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** The names of the columns above rows. */
    void header(List<String> names) throws IOException {
        out.write(BYTE_ORDER_MARK);
        row(names);
    }

    /** The names of the columns when there are no rows. */
    void headerAlone(List<String> names) throws IOException {
        out.write(names.stream().map(CsvWriter::unquoted).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    void row(List<? extends @Nullable Object> values) throws IOException {
        String separator = "";
        for (Object value : values) {
            out.write(separator);
            out.write(cell(value));
            separator = ",";
        }
        out.write("\r\n");
    }

    void flush() throws IOException {
        out.flush();
    }

    private static String unquoted(String name) {
        return name.matches("(?s).*[\",\r\n].*") ? quoted(name) : name;
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return quoted("");
        }
        if (value instanceof Number || value instanceof Boolean) {
            return PythonText.str(value);
        }
        return quoted(harmless(value instanceof Date date ? text(date) : PythonText.str(value)));
    }

    private static String text(Date date) {
        LocalDateTime time = LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC);
        return (time.getNano() == 0 ? SECONDS : MICROSECONDS).format(time);
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
