package org.deadletteroffice.demo.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Transfer;

/// A real connector in a process that is killed when it passes a chosen step.
final class DyingConnector implements Connector {
    private final Connector real;
    private final Deathbed deathbed;

    DyingConnector(Connector real, Deathbed deathbed) {
        this.real = real;
        this.deathbed = deathbed;
    }

    @Override
    public String kind() {
        return real.kind();
    }

    @Override
    public String displayName() {
        return real.displayName();
    }

    @Override
    public ProfileSchema schema() {
        return real.schema();
    }

    @Override
    public Optional<Settings> paste(String text) {
        return real.paste(text);
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        return dying(BrokerConnection.class, real.open(profile, settings), "");
    }

    /// Passes `before X` and `after X` around each call of X on what a job works with.
    private <T> T dying(Class<T> type, T through, String name) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    var step = name + method.getName();
                    deathbed.passes("before " + step);
                    Object result;
                    try {
                        result = method.invoke(through, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                    deathbed.passes("after " + step);
                    return switch (result) {
                        case Transfer transfer
                                // What only asks beforehand has a name of its own.
                                when !arguments[0].toString().contains("-ask") ->
                                dying(Transfer.class, transfer, "");
                        case Transfer.Sending sending -> dying(Transfer.Sending.class, sending, "");
                        case Scan scan -> dying(Scan.class, scan, "scan ");
                        case Optional<?> one
                                when one.orElse(null) instanceof ServerSideMover mover ->
                                Optional.of(dying(ServerSideMover.class, mover, "move "));
                        case null, default -> result;
                    };
                };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
