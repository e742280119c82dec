package dev.cinnabar.server.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that counts each statement run through it, whoever runs it: what no library can go around. */
final class Counting extends PlainSource {
    private final DataSource pool;
    private final LongAdder count = new LongAdder();

    Counting(DataSource pool) {
        this.pool = pool;
    }

    long count() {
        return count.sum();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return proxy(Connection.class, pool.getConnection());
    }

    private <T> T proxy(Class<T> type, T target) {
        InvocationHandler handler = (self, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                count.increment();
            }
            try {
                return wrapped(method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(Counting.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        return switch (result) {
            case CallableStatement statement -> proxy(CallableStatement.class, statement);
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement);
            case Statement statement -> proxy(Statement.class, statement);
            case null, default -> result;
        };
    }
}
