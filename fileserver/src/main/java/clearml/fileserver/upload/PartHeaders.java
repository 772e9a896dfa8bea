package clearml.fileserver.upload;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is needed of a part's headers.
 *
 * @param name the form field, which for a file is the path to keep it at
 * @param file whether the part has a filename, that is, is a file
 */
public record PartHeaders(String name, boolean file) {

    static PartHeaders parse(String text) throws MalformedUpload {
        for (String line : text.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && line.substring(0, colon).trim().toLowerCase(Locale.ROOT).equals("content-disposition")) {
                Map<String, String> parameters = parameters(line.substring(colon + 1));
                String name = Optional.ofNullable(parameters.get("name")).orElse("");
                return new PartHeaders(name, parameters.containsKey("filename") || parameters.containsKey("filename*"));
            }
        }
        throw new MalformedUpload("a part has no Content-Disposition");
    }

    static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        int at = header.indexOf(';');
        while (at >= 0 && at < header.length()) {
            int equals = header.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = header.substring(at + 1, equals).trim().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = value(header, equals + 1, value);
            parameters.putIfAbsent(name, value.toString());
        }
        return parameters;
    }

    /** @return index of the next {@code ;}, or -1 */
    private static int value(String header, int from, StringBuilder value) {
        int at = from;
        while (at < header.length() && header.charAt(at) == ' ') {
            at++;
        }
        if (at < header.length() && header.charAt(at) == '"') {
            return header.indexOf(';', quoted(header, at + 1, value));
        }
        int end = header.indexOf(';', at);
        value.append(header.substring(at, end < 0 ? header.length() : end).trim());
        return end;
    }

    /** Senders write a quote as {@code %22} or with a backslash; other percent signs are themselves. */
    private static int quoted(String header, int from, StringBuilder value) {
        int at = from;
        while (at < header.length() && header.charAt(at) != '"') {
            if (header.charAt(at) == '\\' && at + 1 < header.length()) {
                at++;
                value.append(header.charAt(at));
            } else if (header.startsWith("%22", at)) {
                value.append('"');
                at += 2;
            } else {
                value.append(header.charAt(at));
            }
            at++;
        }
        return Math.min(at + 1, header.length());
    }
}
