package clearml.embedded.mongo.language;

/**
 * A text of which a regular expression reads so much and no more: some expressions would go over it for years. The real
 * server's have such a limit too. The time limit of the command counts as well.
 */
final class BoundedText implements CharSequence {

    private static final long READS = 10_000_000;
    private static final long READS_PER_CHARACTER = 20;

    /** So many reads take about 0.1 ms. */
    private static final int STEP = 16 * 1024;

    private final String text;
    private final TimeLimit limit = TimeLimit.current();
    private long left;
    private int step = STEP;

    BoundedText(String text) {
        this.text = text;
        this.left = READS + READS_PER_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
        if (--step < 0) {
            check();
        }
        return text.charAt(index);
    }

    private void check() {
        limit.check();
        left -= STEP;
        if (left < 0) {
            throw Regexes.tooComplex();
        }
        step = STEP;
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
