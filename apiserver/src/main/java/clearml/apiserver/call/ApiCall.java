package clearml.apiserver.call;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One implementation of an endpoint, reached by every HTTP method under {@code /<name>} and {@code /v<version>/<name>}.
 *
 * <p>Arguments of the method, in any order: {@link CallBody} (the request as it came), a record (the request, typed and
 * checked), {@link Caller}, {@link ApiVersion} (the requested one), {@link Call}, and the
 * servlet request and response. What it returns becomes {@code data}: a map, a BSON document or a record. A method that
 * returns {@link FileAnswer} writes the body itself.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ApiCall {

    /** {@code <service>.<action>}. */
    String value();

    /** The lowest API version that this implementation answers; of several, the highest not above the request is taken. */
    String since() default "1.0";

    /** Who may call. */
    Access access() default Access.ALL;

    /** Members that must be present, null included (400/11). */
    String[] required() default {};

    /** Whether the endpoint reads JSON lines as a batch; also decides its size limit. */
    boolean batch() default false;
}
