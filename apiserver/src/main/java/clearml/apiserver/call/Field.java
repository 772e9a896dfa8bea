package clearml.apiserver.call;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a member of a typed request must be beyond its type; see {@link RequestBinder}. Without it a member is optional,
 * null when absent.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Field {

    /** The name on the wire where it is not the component's in snake case. */
    String name() default "";

    /** Missing or null is an error (400/12). */
    boolean required() default false;

    /** The value when the member is absent, as JSON text. An explicit null of a scalar stays null. */
    String or() default "";

    /** A string that also takes numbers and booleans, as their text. */
    boolean lenientText() default false;

    /** No coercion to a number or a truth: as the JSON schemas of the specification have it, which few endpoints keep. */
    boolean exact() default false;

    /** The fewest items of a list; also violated when the member is missing. */
    int minItems() default 0;

    /** The shortest text. */
    int minLength() default 0;

    /** The least number. */
    long min() default Long.MIN_VALUE;

    /** The greatest number. */
    long max() default Long.MAX_VALUE;
}
