package clearml.apiserver.query;

import clearml.apiserver.store.mongo.MongoStores;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Stores as a server sees them that dies after so many writes: nothing it does after that reaches them. */
public final class DyingMongo {

    private static final Set<String> WRITES = Set.of("insert", "update", "replace", "delete", "findOneAnd");

    /** The end of the server. */
    public static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private int left;

    private DyingMongo(int writes) {
        left = writes;
    }

    public static MongoStores after(int writes, MongoStores stores) {
        var dying = new DyingMongo(writes);
        return new MongoStores(
                dying.of(MongoDatabase.class, stores.backend()), dying.of(MongoDatabase.class, stores.auth()));
    }

    private <T> T of(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        if (WRITES.stream().anyMatch(method.getName()::startsWith) && --left < 0) {
            throw new Died();
        }
        try {
            Object answer = method.invoke(real, arguments);
            return answer instanceof MongoCollection<?> collection ? of(MongoCollection.class, collection) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
