package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;

/// The dead-letter action of Confluent's data contract rules: `__rule.…`, text.
public final class ConfluentRuleReader implements CauseReader {
    private static final String PREFIX = "__rule.";

    @Override
    public String name() {
        return "Confluent data contract";
    }

    @Override
    public int order() {
        return 70;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, PREFIX + "name");
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var rule = evidence.lastText(PREFIX + "name");
        var topic = evidence.lastText(PREFIX + "topic");
        var said = evidence.lastText(PREFIX + "exception");
        evidence.last(PREFIX + "mode");
        evidence.last(PREFIX + "subject");
        return Optional.of(
                Failure.builder()
                        .type(rule == null ? null : "rule " + rule)
                        .message(said)
                        .origin(new Origin(topic, null, null))
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return header.name().startsWith(PREFIX);
    }
}
