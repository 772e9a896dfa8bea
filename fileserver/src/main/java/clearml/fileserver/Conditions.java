package clearml.fileserver;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

/** Conditional requests, in the order of RFC 9110 section 13.2.2. */
enum Conditions {
    SEND,
    NOT_MODIFIED,
    FAILED;

    static Conditions of(HttpServletRequest request, OpenFile file) {
        Optional<String> match = header(request, "If-Match");
        boolean fails = match.isPresent()
                ? !names(match.get(), file.etag())
                : date(request, "If-Unmodified-Since")
                        .filter(file::isModifiedAfter)
                        .isPresent();
        if (fails) {
            return FAILED;
        }
        Optional<String> noneMatch = header(request, "If-None-Match");
        boolean known = noneMatch.isPresent()
                ? names(noneMatch.get(), file.etag())
                : date(request, "If-Modified-Since")
                        .filter(date -> !file.isModifiedAfter(date))
                        .isPresent();
        return known ? NOT_MODIFIED : SEND;
    }

    private static boolean names(String list, String etag) {
        return Arrays.stream(list.split(","))
                .map(entry -> entry.strip().replaceFirst("^W/", ""))
                .anyMatch(entry -> entry.equals("*") || entry.equals(etag));
    }

    /** Empty, too, for what is no date: such a header counts as absent. */
    static Optional<Instant> date(HttpServletRequest request, String name) {
        try {
            return header(request, name)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
