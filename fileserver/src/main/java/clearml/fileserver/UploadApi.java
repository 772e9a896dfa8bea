package clearml.fileserver;

import clearml.fileserver.upload.MalformedUpload;
import clearml.fileserver.upload.MultipartStream;
import clearml.fileserver.upload.PartHeaders;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Uploads, written to disk as they arrive. */
@RestController
class UploadApi {

    private static final int MAX_PARTS = 1000;

    private final FileStore store;
    private final FileServerSettings settings;
    private final DistributionSummary sizes;

    UploadApi(FileStore store, FileServerSettings settings, MeterRegistry metrics) {
        this.store = store;
        this.settings = settings;
        this.sizes = DistributionSummary.builder("fileserver.upload.size")
                .description("Stored files")
                .baseUnit("bytes")
                .register(metrics);
    }

    /**
     * Keeps every file part of a {@code multipart/form-data} body at the path that its field name is. The file name
     * does not matter. Answers the list of the stored names; another kind of body stores nothing.
     */
    @PostMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    Set<String> upload(HttpServletRequest request) throws IOException {
        Set<String> stored = new LinkedHashSet<>();
        Optional<String> boundary = boundary(request.getContentType());
        try (InputStream body = LimitedBody.of(request, settings.maxUploadBytes())) {
            if (boundary.isPresent()) {
                storeParts(new MultipartStream(body, boundary.get()), stored);
            }
        }
        return stored;
    }

    /** Keeps the body at the path of the request, where {@code fileserver.upload.allow_put} says so. */
    @PutMapping(path = "/**", produces = MediaType.APPLICATION_JSON_VALUE)
    List<String> put(HttpServletRequest request) throws IOException {
        if (!settings.allowPut()) {
            throw new FileProblem.MethodNotAllowed(FileProblem.ON_FILES);
        }
        String name = RequestPath.name(request);
        Path target = StoredName.plain(name).orElseThrow(FileProblem::notFound);
        try (IncomingFile file = store.receive();
                InputStream body = LimitedBody.of(request, settings.maxUploadBytes());
                ReadableByteChannel in = Channels.newChannel(body)) {
            long size = 0;
            for (long read; (read = file.channel().transferFrom(in, size, 1 << 20)) > 0; size += read) {}
            store.keep(file, target);
            sizes.record(size);
        }
        return List.of(name);
    }

    private void storeParts(MultipartStream parts, Set<String> stored) throws IOException {
        int count = 0;
        for (Optional<PartHeaders> part = parts.next(); part.isPresent(); part = parts.next()) {
            if (++count > MAX_PARTS) {
                throw new FileProblem(HttpStatus.CONTENT_TOO_LARGE, "More than " + MAX_PARTS + " parts");
            }
            String name = part.get().name().replaceFirst("^/+", "");
            boolean wanted = part.get().file() && !part.get().name().isEmpty();
            if (wanted && !stored.contains(name)) {
                storePart(parts, name);
                stored.add(name);
            }
        }
    }

    private void storePart(MultipartStream parts, String name) throws IOException {
        Path target = StoredName.resolved(name).orElseThrow(FileProblem::notFound);
        try (IncomingFile file = store.receive()) {
            long size = parts.copyTo(file.channel());
            store.keep(file, target);
            sizes.record(size);
        }
    }

    private static Optional<String> boundary(String contentType) throws MalformedUpload {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return Optional.empty();
        }
        try {
            String boundary = MediaType.parseMediaType(contentType).getParameter("boundary");
            return Optional.ofNullable(boundary).map(UploadApi::unquoted).filter(text -> !text.isEmpty());
        } catch (InvalidMediaTypeException e) {
            throw new FileProblem(HttpStatus.BAD_REQUEST, "Invalid Content-Type");
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
