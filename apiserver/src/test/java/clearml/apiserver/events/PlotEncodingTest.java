package clearml.apiserver.events;

import static org.assertj.core.api.Assertions.assertThat;

import clearml.config.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class PlotEncodingTest {

    private final PlotEncoding encoding = encoding(Map.of());

    @Test
    void shortPlotsAreStoredAsTheyAreWithTheirLengthInCharacters() {
        assertThat(encoded(encoding, "{\"a\": \"\uD83D\uDE00\"}"))
                .containsOnly(Map.entry("plot_str", "{\"a\": \"\uD83D\uDE00\"}"), Map.entry("plot_len", 10));
    }

    @Test
    void longPlotsAreCompressedAndReadBackAsTheyWere() {
        String text = "[\"é\"" + ", 1.25".repeat(20_000) + "]";
        Map<String, Object> stored = encoded(encoding, text);
        assertThat(stored).containsOnlyKeys("plot_len", "plot_data");
        String data = stored.get("plot_data").toString();
        assertThat(data).endsWith("\n");
        assertThat(data.lines()).allMatch(line -> line.length() <= 76);
        assertThat(PlotEncoding.decode(stored)).containsEntry("plot_str", text).doesNotContainKey("plot_data");
    }

    @Test
    void aPlotThatIsOnlySmallWhileItIsCompressedIsNotShown() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed)) {
            byte[] megabyte = new byte[1024 * 1024];
            for (int i = 0; i <= PlotEncoding.MOST_BYTES / megabyte.length; i++) {
                out.write(megabyte);
            }
        }
        Map<String, Object> stored = new HashMap<>();
        stored.put("plot_data", Base64.getMimeEncoder().encodeToString(packed.toByteArray()));
        assertThat(PlotEncoding.decode(stored)).containsOnly(Map.entry("plot_str", ""));
    }

    @Test
    void theFilesThatAPlotShowsAreListedOnce() {
        String text = "{\"images\": [{\"source\": \"s3://b/a.png\"}, {'source':'https://h/x?y=1'},"
                + " {\"source\": \"s3://b/a.png\"}, {\"source\": \"no url\"}]}";
        assertThat(encoded(encoding, text)).containsEntry("source_urls", List.of("s3://b/a.png", "https://h/x?y=1"));
    }

    @Test
    void validationMarksWhatIsNotJsonUnlessThePlotAsksNotTo() {
        PlotEncoding validating = encoding(Map.of("services.events.validate_plot_str", true));
        assertThat(encoded(validating, "{]")).containsEntry("valid_plot", false);
        assertThat(encoded(validating, "{}")).containsEntry("valid_plot", true);
        Map<String, Object> skipping = new HashMap<>(Map.of("plot_str", "{]", "skip_validation", true));
        validating.encode(skipping);
        assertThat(skipping).containsOnlyKeys("plot_str", "plot_len");
    }

    @Test
    void aPlotWithoutTextHasLengthZero() {
        Map<String, Object> plot = new HashMap<>();
        encoding.encode(plot);
        assertThat(plot).containsOnly(Map.entry("plot_len", 0));
    }

    private static PlotEncoding encoding(Map<String, ?> overrides) {
        return new PlotEncoding(new EventsSettings(ServerConfig.load(Map.of(), overrides)));
    }

    private static Map<String, Object> encoded(PlotEncoding encoding, String text) {
        Map<String, Object> plot = new HashMap<>(Map.of("plot_str", text));
        encoding.encode(plot);
        return plot;
    }
}
