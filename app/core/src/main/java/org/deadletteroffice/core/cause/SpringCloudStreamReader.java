package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;

/// Spring Cloud Stream's Kafka binder with header mode `headers`: `x-original-…` and
/// `x-exception-…`; partition, offset and timestamp are big-endian binary, the rest is text.
public final class SpringCloudStreamReader implements QuotesHeaders {
    private static final String ORIGINAL = "x-original-";
    private static final String EXCEPTION = "x-exception-";

    @Override
    public String name() {
        return "Spring Cloud Stream";
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public boolean speaks(Headers headers) {
        // Homemade headers use x-original-topic too; the class name under this name is the
        // binder's.
        return Evidence.has(headers, EXCEPTION + "fqcn");
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var topic = evidence.lastText(ORIGINAL + "topic");
        var partition = Evidence.toInt(Evidence.number(evidence.last(ORIGINAL + "partition")));
        var offset = Evidence.number(evidence.last(ORIGINAL + "offset"));
        var type = evidence.lastText(EXCEPTION + "fqcn");
        var said = evidence.lastText(EXCEPTION + "message");
        var trace = evidence.lastText(EXCEPTION + "stacktrace");
        return Optional.of(
                RootCause.of(type, null, said, trace)
                        .into(Failure.builder())
                        .stackTrace(trace)
                        .origin(new Origin(topic, partition, offset))
                        .lastDeath(message.timestamp())
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return (header.name().startsWith(ORIGINAL) || header.name().startsWith(EXCEPTION))
                && Evidence.has(all, EXCEPTION + "fqcn");
    }
}
