package clearml.embedded.mongo;

import clearml.embedded.mongo.language.Errors;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** Fills a collation up with defaults, as the real server lists it. */
final class CollationSpec {

    private CollationSpec() {}

    static Document complete(@Nullable Object requested) {
        if (!(requested instanceof Document given) || !(given.get("locale") instanceof String locale)) {
            throw Errors.failedToParse("Field 'locale' is required in a collation");
        }
        Document complete = new Document("locale", locale);
        if (locale.equals("simple")) {
            return complete;
        }
        Document defaults = new Document("caseLevel", false)
                .append("caseFirst", "off")
                .append("strength", 3)
                .append("numericOrdering", false)
                .append("alternate", "non-ignorable")
                .append("maxVariable", "punct")
                .append("normalization", false)
                .append("backwards", false)
                .append("version", "57.1");
        defaults.forEach((option, value) -> complete.put(option, given.getOrDefault(option, value)));
        return complete;
    }
}
