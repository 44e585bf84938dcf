package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// MassTransit's `…_error` queues (`MT-Fault-…`, MassTransit 8.5) and `…_skipped` ones, whose
/// messages no consumer wanted (`MT-Reason` alone).
public final class MassTransitReader implements CauseReader {
    private static final String FAULT = "MT-Fault-";
    private static final String REASON = "MT-Reason";

    @Override
    public String name() {
        return "MassTransit";
    }

    @Override
    public int order() {
        return 31;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, REASON) || Evidence.hasPrefix(headers, FAULT);
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var headers = message.headers();
        var evidence = new Evidence(headers);
        var reason = evidence.lastText(REASON);
        var type = evidence.lastText(FAULT + "ExceptionType");
        var said = evidence.lastText(FAULT + "Message");
        var trace = evidence.lastText(FAULT + "StackTrace");
        var retries = Evidence.decimal(evidence.last(FAULT + "RetryCount"));
        return Optional.of(
                Failure.builder()
                        .type(type == null ? reason : type)
                        .message(type == null && said == null ? "No consumer took it." : said)
                        .stackTrace(trace)
                        .origin(
                                new Origin(
                                        queue(evidence.lastText(FAULT + "InputAddress")),
                                        null,
                                        null))
                        .consumer(evidence.lastText(FAULT + "ConsumerType"))
                        .tries(retries == null ? null : Evidence.toInt(retries + 1))
                        .lastDeath(Evidence.instant(evidence.last(FAULT + "Timestamp")))
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    /// `rabbitmq://host/vhost/orders?temporary=true` is about `orders`.
    private static @Nullable String queue(@Nullable String address) {
        if (address == null) {
            return null;
        }
        var query = address.indexOf('?');
        var path = query < 0 ? address : address.substring(0, query);
        var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
        return name.isEmpty() ? null : name;
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return header.name().equals(REASON)
                || header.name().startsWith(FAULT)
                || (header.name().startsWith("MT-Host-") && Evidence.has(all, REASON));
    }
}
