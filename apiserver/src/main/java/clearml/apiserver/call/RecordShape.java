package clearml.apiserver.call;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The members of a record and their names on the wire: {@code accessKey} is {@code access_key}. */
final class RecordShape {

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final List<Member> members;
    private final Constructor<?> constructor;

    /** One component of a record. */
    record Member(String wireName, RecordComponent component) {

        @Nullable
        Object valueIn(Object owner) {
            try {
                return component.getAccessor().invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("Cannot read " + component, e);
            }
        }
    }

    private RecordShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        members = Arrays.stream(components)
                .map(component -> new Member(wireName(component), component))
                .toList();
        members.forEach(member -> member.component().getAccessor().setAccessible(true));
        constructor = canonical(type, components);
        constructor.setAccessible(true);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A record without canonical constructor: " + type, e);
        }
    }

    private static String wireName(RecordComponent component) {
        Field given = component.getAnnotation(Field.class);
        if (given != null && !given.name().isEmpty()) {
            return given.name();
        }
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    List<Member> members() {
        return members;
    }

    Object create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ApiException error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
