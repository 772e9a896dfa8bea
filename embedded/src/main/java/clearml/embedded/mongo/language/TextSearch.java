package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $text}: any of the words, all of the quoted phrases, none of the words with a minus. No stemming. */
final class TextSearch {

    private static final Pattern TERM = Pattern.compile("(-?)(?:\"([^\"]+)\"|(\\S+))");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final List<FieldPath> fields;
    private final Set<String> words = new HashSet<>();
    private final Set<String> excluded = new HashSet<>();
    private final List<String> phrases = new ArrayList<>();

    private TextSearch(List<FieldPath> fields, String search) {
        this.fields = fields;
        Matcher terms = TERM.matcher(search.toLowerCase(Locale.ROOT));
        while (terms.find()) {
            boolean minus = !terms.group(1).isEmpty();
            if (terms.group(2) != null) {
                phrases.add(terms.group(2));
            } else {
                (minus ? excluded : words).addAll(words(terms.group(3)));
            }
        }
    }

    static TextSearch of(Document spec, List<String> textFields) {
        if (textFields.isEmpty()) {
            throw new MongoServerError(27, "IndexNotFound", "text index required for $text query");
        }
        if (!(spec.get("$search") instanceof String search)) {
            throw Errors.failedToParse("\"$search\" had the wrong type. Expected string");
        }
        return new TextSearch(textFields.stream().map(FieldPath::of).toList(), search);
    }

    /** How well a document fits: with how many of the words, and then how much of its text they are. */
    double score(Document document) {
        Matcher matcher = WORD.matcher(text(document));
        Set<String> found = new HashSet<>();
        int hits = 0;
        int all = 0;
        while (matcher.find()) {
            all++;
            if (words.contains(matcher.group())) {
                found.add(matcher.group());
                hits++;
            }
        }
        return found.size() + (all == 0 ? 0 : (double) hits / (all + 1));
    }

    private String text(Document document) {
        StringBuilder all = new StringBuilder();
        for (FieldPath field : fields) {
            for (Object value : field.keys(document)) {
                if (value instanceof String s) {
                    all.append(s.toLowerCase(Locale.ROOT)).append('\n');
                }
            }
        }
        return all.toString();
    }

    boolean matches(Document document) {
        String text = text(document);
        Set<String> found = words(text);
        if (phrases.stream().anyMatch(phrase -> !text.contains(phrase))
                || excluded.stream().anyMatch(found::contains)) {
            return false;
        }
        return words.isEmpty() ? !phrases.isEmpty() : words.stream().anyMatch(found::contains) || !phrases.isEmpty();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
