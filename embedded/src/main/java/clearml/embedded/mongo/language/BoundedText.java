package clearml.embedded.mongo.language;

/**
 * A text of which a regular expression reads so much and no more: some expressions would go over it for years. The real
 * server's have such a limit too.
 */
final class BoundedText implements CharSequence {

    private static final long READS = 10_000_000;
    private static final long READS_PER_CHARACTER = 20;

    private final String text;
    private long left;

    BoundedText(String text) {
        this.text = text;
        this.left = READS + READS_PER_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw Regexes.tooComplex();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
