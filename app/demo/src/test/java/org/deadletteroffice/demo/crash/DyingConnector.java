package org.deadletteroffice.demo.crash;

import java.util.Optional;
import org.deadletteroffice.fixtures.ForwardingConnector;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/// A real connector in a process that is killed when it passes a chosen step.
final class DyingConnector extends ForwardingConnector {
    private final Deathbed deathbed;

    DyingConnector(Connector real, Deathbed deathbed) {
        super(real);
        this.deathbed = deathbed;
    }

    @Override
    protected @Nullable Object on(Call call) throws Throwable {
        return on(call, "");
    }

    /// Passes `before X` and `after X` around each call of X on what a job works with.
    private @Nullable Object on(Call call, String name) throws Throwable {
        var step = name + call.name();
        deathbed.passes("before " + step);
        var result = call.make();
        deathbed.passes("after " + step);
        return switch (result) {
            case Transfer transfer
                    // What only asks beforehand has a name of its own.
                    when !call.arguments().getFirst().toString().contains("-ask") ->
                    dying(Transfer.class, transfer, "");
            case Transfer.Sending sending -> dying(Transfer.Sending.class, sending, "");
            case Scan scan -> dying(Scan.class, scan, "scan ");
            case Optional<?> one when one.orElse(null) instanceof ServerSideMover mover ->
                    Optional.of(dying(ServerSideMover.class, mover, "move "));
            case null, default -> result;
        };
    }

    private <T> T dying(Class<T> type, T real, String name) {
        return passing(type, real, call -> on(call, name));
    }
}
