package clearml.apiserver.call;

import java.math.BigDecimal;
import java.math.MathContext;
import tools.jackson.core.io.NumberOutput;

/** A double as Python writes it: shortest digits, {@code 1.0}, {@code 1e-07}, {@code 1e+16}. */
final class PythonFloat {

    /** Python turns to exponents from here on, Java already at 1e7. */
    private static final int LARGEST_POINT = 16;

    private static final int SMALLEST_POINT = -4;

    private static final int SMALLEST_NORMAL = -308;

    private PythonFloat() {}

    static String text(double value) {
        // Jackson's Schubfach writer gives the shortest digits; Double.toString does not before JDK 19.
        String java = NumberOutput.toString(value, true);
        int mark = java.indexOf('E');
        return mark < 0 ? java : withExponent(java, mark);
    }

    private static String withExponent(String java, int mark) {
        int exponent = Integer.parseInt(java.substring(mark + 1));
        boolean negative = java.charAt(0) == '-';
        String mantissa = java.substring(negative ? 1 : 0, mark);
        String digits = mantissa.endsWith(".0") ? mantissa.substring(0, 1) : mantissa.charAt(0) + mantissa.substring(2);
        if (exponent < SMALLEST_NORMAL && digits.length() == 2) {
            return withOneDigit(java, negative);
        }
        return (negative ? "-" : "") + layOut(digits, exponent);
    }

    /** Java writes two digits at least, 4.9E-324, also where one tells the number already. */
    private static String withOneDigit(String java, boolean negative) {
        BigDecimal rounded = new BigDecimal(java).abs().round(new MathContext(1));
        double value = Math.abs(Double.parseDouble(java));
        BigDecimal shortest = rounded.doubleValue() == value ? rounded : new BigDecimal(java).abs();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return (negative ? "-" : "")
                + layOut(shortest.stripTrailingZeros().unscaledValue().toString(), exponent);
    }

    /** @param digits all significant digits, the point after the first one */
    private static String layOut(String digits, int exponent) {
        if (exponent >= LARGEST_POINT || exponent < SMALLEST_POINT) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String sign = exponent < 0 ? "-" : "+";
            int size = Math.abs(exponent);
            return digits.charAt(0) + fraction + "e" + sign + (size < 10 ? "0" : "") + size;
        }
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        int whole = exponent + 1;
        return digits.length() <= whole
                ? digits + "0".repeat(whole - digits.length()) + ".0"
                : digits.substring(0, whole) + "." + digits.substring(whole);
    }
}
