package clearml.apiserver.events;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.BodyReader;
import clearml.apiserver.call.RequestBinder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plots as they are stored: their length, the files they show, and large ones compressed. */
@Component
class PlotEncoding {

    private static final String TEXT = "plot_str";
    private static final String COMPRESSED = "plot_data";
    private static final int LINE = 76;

    /** A larger plot is not shown: a few compressed bytes may be more than there is memory for. */
    static final int MOST_BYTES = 128 * 1024 * 1024;

    private static final Pattern SOURCE =
            Pattern.compile("['\"]source['\"]:\\s?['\"]([a-z][a-z0-9+\\-.]*://.*?)['\"]", Pattern.CASE_INSENSITIVE);

    private final boolean validates;
    private final int threshold;

    PlotEncoding(EventsSettings settings) {
        this.validates = settings.validatesPlots();
        this.threshold = settings.compressionThreshold();
    }

    void encode(Map<String, @Nullable Object> plot) {
        String text = plot.get(TEXT) instanceof String string ? string : "";
        if (validates && !RequestBinder.truth(plot.remove("skip_validation"))) {
            plot.put("valid_plot", isJson(text));
        }
        int length = text.codePointCount(0, text.length());
        plot.put("plot_len", length);
        Set<String> sources = sources(text);
        if (!sources.isEmpty()) {
            plot.put("source_urls", new ArrayList<>(sources));
        }
        if (threshold > 0 && length >= threshold) {
            plot.put(COMPRESSED, compressed(text));
            plot.remove(TEXT);
        }
    }

    /** Gives a plot that was read its text back. */
    static Map<String, @Nullable Object> decode(Map<String, @Nullable Object> plot) {
        Object data = plot.remove(COMPRESSED);
        if (data != null && plot.get(TEXT) == null) {
            plot.put(TEXT, decompressed(data.toString()));
        }
        return plot;
    }

    private static boolean isJson(String text) {
        try {
            BodyReader.read(text);
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    private static Set<String> sources(String text) {
        Set<String> urls = new LinkedHashSet<>();
        Matcher matcher = SOURCE.matcher(text);
        while (matcher.find()) {
            urls.add(matcher.group(1));
        }
        return urls;
    }

    private static String compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fast.end();
        }
        byte[] newLine = {'\n'};
        return Base64.getMimeEncoder(LINE, newLine).encodeToString(bytes.toByteArray()) + '\n';
    }

    /** Nothing for what was not made here: one bad plot must not hide the others. */
    private static String decompressed(String data) {
        try (InflaterInputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(data)))) {
            byte[] text = in.readNBytes(MOST_BYTES);
            return text.length == MOST_BYTES ? "" : new String(text, StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }
}
