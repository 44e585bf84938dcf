package org.deadletteroffice.core.cause;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// Spring AMQP's `RepublishMessageRecoverer` and the republishing of Spring Cloud Stream's rabbit
/// binder: the exception with its stack trace, from spring-amqp 4.1 on only where the recoverer is
/// told to send that, and by which exchange and key the message came first (seen with 4.1.2). The
/// queue is not named; so the origin is the exchange, unless that was the default one, whose keys
/// are queues.
public final class SpringAmqpReader implements CauseReader {
    private static final String MESSAGE = "x-exception-message";
    private static final String TRACE = "x-exception-stacktrace";
    private static final String EXCHANGE = "x-original-exchange";
    private static final String KEY = "x-original-routingKey";
    private static final List<String> ALL = List.of(MESSAGE, TRACE, EXCHANGE, KEY);

    @Override
    public String name() {
        return "Spring AMQP";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, KEY);
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var said = evidence.lastText(MESSAGE);
        var trace = evidence.lastText(TRACE);
        var exchange = evidence.lastText(EXCHANGE);
        var key = evidence.lastText(KEY);
        return Optional.of(
                RootCause.of(null, null, said, trace)
                        .into(Failure.builder())
                        .stackTrace(trace)
                        .origin(new Origin(origin(exchange, key), null, null))
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    /// As the RabbitMQ connector names a destination.
    private static @Nullable String origin(@Nullable String exchange, @Nullable String key) {
        if (exchange == null) {
            return key;
        }
        return "exchange:" + exchange + (key == null ? "" : "/" + key);
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return ALL.contains(header.name()) && Evidence.has(all, KEY);
    }
}
