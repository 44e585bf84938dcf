package org.deadletteroffice.core.cause;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// NServiceBus' error queue: `NServiceBus.ExceptionInfo.…`, `NServiceBus.FailedQ` and
/// `NServiceBus.TimeOfFailure`. These are what its own tools drop when they send a message back.
public final class NServiceBusReader implements QuotesHeaders {
    private static final String PREFIX = "NServiceBus.";
    private static final String EXCEPTION = PREFIX + "ExceptionInfo.";
    private static final String FAILED_QUEUE = PREFIX + "FailedQ";
    private static final String TIME = PREFIX + "TimeOfFailure";
    private static final List<String> OTHERS =
            List.of(FAILED_QUEUE, TIME, PREFIX + "Retries", PREFIX + "FLRetries");

    /// Its wire format of times, always UTC.
    private static final DateTimeFormatter WIRE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss:SSSSSS 'Z'", Locale.ROOT);

    @Override
    public String name() {
        return "NServiceBus";
    }

    @Override
    public int order() {
        return 32;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, FAILED_QUEUE);
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var headers = message.headers();
        var evidence = new Evidence(headers);
        var outer = evidence.lastText(EXCEPTION + "ExceptionType");
        var inner = evidence.lastText(EXCEPTION + "InnerExceptionType");
        var said = evidence.lastText(EXCEPTION + "Message");
        var trace = evidence.lastText(EXCEPTION + "StackTrace");
        return Optional.of(
                Failure.builder()
                        .type(outer)
                        .message(said)
                        .chain(outer == null || inner == null ? List.of() : List.of(outer, inner))
                        .stackTrace(trace)
                        .origin(new Origin(queue(evidence.lastText(FAILED_QUEUE)), null, null))
                        .consumer(evidence.lastText(PREFIX + "ProcessingEndpoint"))
                        .lastDeath(time(evidence.lastText(TIME)))
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    /// Older transports add the machine: `orders@HOST`.
    private static @Nullable String queue(@Nullable String failed) {
        return failed == null ? null : failed.replaceAll("@.*", "");
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(text.strip(), WIRE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException other) {
            return null;
        }
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return header.name().startsWith(EXCEPTION) || OTHERS.contains(header.name());
    }
}
