package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.backend.NumericUtils;

/** Arithmetic with the types MongoDB gives its results: int, long when it does not fit, double, decimal. */
final class Numbers {

    private Numbers() {}

    static Number add(Number a, Number b) {
        if (whole(a) && whole(b)) {
            try {
                return fit(Math.addExact(a.longValue(), b.longValue()), a instanceof Long || b instanceof Long);
            } catch (ArithmeticException overflow) {
                return a.doubleValue() + b.doubleValue();
            }
        }
        return NumericUtils.addNumbers(a, b);
    }

    static Number subtract(Number a, Number b) {
        return NumericUtils.subtractNumbers(a, b);
    }

    static Number multiply(Number a, Number b) {
        if (whole(a) && whole(b)) {
            try {
                return fit(Math.multiplyExact(a.longValue(), b.longValue()), a instanceof Long || b instanceof Long);
            } catch (ArithmeticException overflow) {
                return a.doubleValue() * b.doubleValue();
            }
        }
        return NumericUtils.multiplyNumbers(a, b);
    }

    static boolean whole(Number n) {
        return n instanceof Integer || n instanceof Long;
    }

    static Number fit(long value, boolean isLong) {
        return !isLong && (int) value == value ? (Number) (int) value : (Number) value;
    }
}
