package clearml.embedded.mongo.language;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** BSON values as Java objects: their order, equality and truth. A missing field is {@link Missing}. */
public final class Values {

    /** A field that is not there. */
    public static final Object MISSING = Missing.getInstance();

    private static final Object NULL_KEY = new Object();
    private static final double EXACT = 1L << 53;

    private Values() {}

    /** Whether the value is null or not there. */
    public static boolean absent(@Nullable Object value) {
        return value == null || value == MISSING;
    }

    /** Truth in expressions: all but false, zero, null and missing. */
    public static boolean truthy(@Nullable Object value) {
        if (absent(value)) {
            return false;
        }
        if (value instanceof Boolean b) {
            return b;
        }
        return !(value instanceof Number n) || n.doubleValue() != 0;
    }

    /** The rank of the value's type in the order between types; null and missing share one. */
    public static int typeOrder(@Nullable Object value) {
        if (value == null || value == MISSING) {
            return 5;
        } else if (value instanceof String) {
            return 15;
        } else if (value instanceof Number) {
            return 10;
        } else if (value instanceof Document) {
            return 20;
        } else if (value instanceof List) {
            return 25;
        } else if (value instanceof BinData || value instanceof UUID || value instanceof LegacyUUID) {
            return 30;
        } else if (value instanceof ObjectId) {
            return 35;
        } else if (value instanceof Boolean) {
            return 40;
        } else if (value instanceof Instant) {
            return 45;
        } else if (value instanceof BsonTimestamp) {
            return 47;
        } else if (value instanceof BsonRegularExpression) {
            return 50;
        } else if (value instanceof MinKey) {
            return 0;
        } else if (value instanceof MaxKey) {
            return 127;
        }
        return 100;
    }

    /** Order of any two values, null and missing being equal. */
    public static int compare(@Nullable Object a, @Nullable Object b, Collation collation) {
        if (a == b) {
            return 0;
        }
        if (a instanceof String x && b instanceof String y) {
            return collation.compare(x, y);
        }
        int type = typeOrder(a);
        int byType = Integer.compare(type, typeOrder(b));
        if (byType != 0 || a == null || b == null || type == 5) {
            return byType;
        }
        return switch (type) {
            case 10 -> compareNumbers((Number) a, (Number) b);
            case 20 -> compareDocuments((Document) a, (Document) b, collation);
            case 25 -> compareLists((List<?>) a, (List<?>) b, collation);
            case 35 -> ((ObjectId) a).compareTo((ObjectId) b);
            case 40 -> Boolean.compare((Boolean) a, (Boolean) b);
            case 45 -> ((Instant) a).compareTo((Instant) b);
            case 47 -> ((BsonTimestamp) a).compareTo((BsonTimestamp) b);
            case 0, 127 -> 0;
            default -> a.toString().compareTo(b.toString());
        };
    }

    /** Equality as filters see it: numbers by value whatever their type, documents with the order of their fields. */
    public static boolean equal(@Nullable Object a, @Nullable Object b, Collation collation) {
        return compare(a, b, collation) == 0;
    }

    private static int compareLists(List<?> a, List<?> b, Collation collation) {
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            int order = compare(a.get(i), b.get(i), collation);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareDocuments(Document a, Document b, Collation collation) {
        Iterator<Map.Entry<String, Object>> left = a.entrySet().iterator();
        Iterator<Map.Entry<String, Object>> right = b.entrySet().iterator();
        while (left.hasNext() && right.hasNext()) {
            Map.Entry<String, Object> x = left.next();
            Map.Entry<String, Object> y = right.next();
            int order = Integer.compare(typeOrder(x.getValue()), typeOrder(y.getValue()));
            if (order == 0) {
                order = x.getKey().compareTo(y.getKey());
            }
            if (order == 0) {
                order = compare(x.getValue(), y.getValue(), collation);
            }
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private static int compareNumbers(Number a, Number b) {
        if (a instanceof Decimal128 || b instanceof Decimal128) {
            return compareDecimals(a, b);
        }
        boolean fractionA = a instanceof Double;
        boolean fractionB = b instanceof Double;
        if (!fractionA && !fractionB) {
            return Long.compare(a.longValue(), b.longValue());
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        boolean large = Math.abs(x) > EXACT && Math.abs(y) > EXACT && Double.isFinite(x) && Double.isFinite(y);
        if (large && fractionA != fractionB) {
            return decimal(a).compareTo(decimal(b));
        }
        return compareDoubles(x, y);
    }

    private static int compareDoubles(double x, double y) {
        if (x < y) {
            return -1;
        } else if (x > y) {
            return 1;
        } else if (x == y) {
            return 0;
        }
        return Boolean.compare(Double.isNaN(y), Double.isNaN(x));
    }

    private static int compareDecimals(Number a, Number b) {
        try {
            return decimal(a).compareTo(decimal(b));
        } catch (ArithmeticException | NumberFormatException notFinite) {
            return compareDoubles(a.doubleValue(), b.doubleValue());
        }
    }

    static BigDecimal decimal(Number number) {
        if (number instanceof Decimal128 d) {
            return d.toBigDecimal();
        }
        return number instanceof Double d ? new BigDecimal(d) : BigDecimal.valueOf(number.longValue());
    }

    /** A key for hash maps that is equal for equal values (without collation). */
    public static Object key(@Nullable Object value) {
        if (value == null || value == MISSING) {
            return NULL_KEY;
        } else if (value instanceof Number n) {
            return numberKey(n);
        } else if (value instanceof Document d) {
            List<Object> key = new ArrayList<>();
            key.add(Document.class);
            d.forEach((name, v) -> {
                key.add(name);
                key.add(key(v));
            });
            return key;
        } else if (value instanceof List<?> l) {
            List<Object> key = new ArrayList<>();
            l.forEach(v -> key.add(key(v)));
            return key;
        }
        return value;
    }

    private static Object numberKey(Number n) {
        if (n instanceof Decimal128 d) {
            BigDecimal exact = d.toBigDecimal().stripTrailingZeros();
            return exact.compareTo(BigDecimal.valueOf(exact.longValue())) == 0
                    ? (Object) exact.longValue()
                    : exact.doubleValue();
        }
        if (n instanceof Double d) {
            return d == Math.rint(d) && Math.abs(d) < 9.2e18 ? (Object) d.longValue() : d;
        }
        return n.longValue();
    }

    /** A copy that shares no mutable part with the value. */
    public static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Document d) {
            Document copy = new Document();
            d.forEach((name, v) -> copy.put(name, copy(v)));
            return copy;
        } else if (value instanceof List<?> l && !(value instanceof StoredArray)) {
            List<@Nullable Object> copy = new ArrayList<>(l.size());
            l.forEach(v -> copy.add(copy(v)));
            return copy;
        }
        return value;
    }

    /** The value as a document, or a FailedToParse that names what it was for. */
    public static Document document(@Nullable Object value, String what) {
        if (value instanceof Document d) {
            return d;
        }
        throw Errors.failedToParse(what + " must be an object, not " + BsonTypes.name(value));
    }

    /** The value as a list, or a BadValue that names what it was for. */
    @SuppressWarnings("unchecked")
    public static List<@Nullable Object> list(@Nullable Object value, String what) {
        if (value instanceof List<?> l) {
            return (List<@Nullable Object>) l;
        }
        throw Errors.badValue(what + " needs an array");
    }
}
