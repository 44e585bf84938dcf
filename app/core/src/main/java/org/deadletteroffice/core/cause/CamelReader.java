package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;

/// Camel: no fixed convention. Reads the exchange properties that routes commonly copy to headers
/// (`CamelExceptionCaught`, `CamelFailureEndpoint`, …) and the headers of its Kafka component
/// (`kafka.TOPIC`, …, as text or serialized numbers), which tell where the message was read.
public final class CamelReader implements QuotesHeaders {
    @Override
    public String name() {
        return "Camel";
    }

    @Override
    public int order() {
        return 80;
    }

    @Override
    public boolean speaks(Headers headers) {
        return headers.all().stream().anyMatch(CamelReader::isCamelFailure)
                || (Evidence.has(headers, "kafka.TOPIC") && Evidence.has(headers, "kafka.OFFSET"));
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var headers = message.headers();
        var evidence = new Evidence(headers);
        var said = evidence.lastText("CamelExceptionCaught");
        var trace =
                said != null && said.contains("\n\tat ")
                        ? said
                        : evidence.lastText("CamelExceptionStackTrace");
        var endpoint = evidence.lastText("CamelFailureEndpoint");
        var route = evidence.lastText("CamelFailureRouteId");
        var redelivered = Evidence.toInt(Evidence.number(evidence.last("CamelRedeliveryCounter")));
        var topic = evidence.lastText("kafka.TOPIC");
        var partition = Evidence.toInt(Evidence.number(evidence.last("kafka.PARTITION")));
        var offset = Evidence.number(evidence.last("kafka.OFFSET"));
        int typeEnd = said == null ? -1 : StackTraces.typeEnd(said, 0);
        var type = said == null || typeEnd <= 0 ? null : said.substring(0, typeEnd);
        var text =
                type == null || said == null
                        ? said
                        : said.startsWith(": ", typeEnd) ? said.substring(typeEnd + 2) : null;
        return Optional.of(
                RootCause.of(type, null, text, trace)
                        .into(Failure.builder())
                        .stackTrace(trace)
                        .origin(new Origin(topic, partition, offset))
                        .consumer(route != null ? route : endpoint)
                        // The first try is no redelivery.
                        .tries(redelivered == null ? null : redelivered + 1)
                        .lastDeath(message.timestamp())
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    private static boolean isCamelFailure(Header header) {
        var name = header.name();
        return name.startsWith("CamelFailure")
                || name.startsWith("CamelException")
                || name.startsWith("CamelRedeliver");
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return isCamelFailure(header) || isComponentHeader(header);
    }

    private static boolean isComponentHeader(Header header) {
        return switch (header.name()) {
            case "kafka.TOPIC",
                    "kafka.PARTITION",
                    "kafka.OFFSET",
                    "kafka.TIMESTAMP",
                    "kafka.KEY",
                    "kafka.LAST_RECORD_BEFORE_COMMIT",
                    "kafka.LAST_POLL_RECORD" ->
                    true;
            default -> false;
        };
    }
}
