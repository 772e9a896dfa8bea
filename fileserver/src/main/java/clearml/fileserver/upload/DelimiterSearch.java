package clearml.fileserver.upload;

import java.util.Arrays;

/** Boyer-Moore-Horspool: looks at one byte in as many as the delimiter is long. */
final class DelimiterSearch {

    private final byte[] delimiter;
    private final int[] skip = new int[256];

    DelimiterSearch(byte[] delimiter) {
        this.delimiter = delimiter;
        Arrays.fill(skip, delimiter.length);
        for (int i = 0; i < delimiter.length - 1; i++) {
            skip[delimiter[i] & 0xff] = delimiter.length - 1 - i;
        }
    }

    int length() {
        return delimiter.length;
    }

    /** @return index of the first one that lies in {@code [from, to)} completely, or -1 */
    int find(byte[] in, int from, int to) {
        int last = delimiter.length - 1;
        byte lastByte = delimiter[last];
        int end = from + last;
        while (end < to) {
            byte candidate = in[end];
            if (candidate == lastByte && Arrays.equals(in, end - last, end, delimiter, 0, last)) {
                return end - last;
            }
            end += skip[candidate & 0xff];
        }
        return -1;
    }
}
