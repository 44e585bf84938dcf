package org.deadletteroffice.core.cause;

import java.util.Optional;
import java.util.Set;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// What Amazon EventBridge writes into the attributes of an event that a rule's or a schedule's
/// target did not take (EventBridge User Guide, "Using dead-letter queues"; EventBridge Scheduler
/// likewise): strings throughout. The body is the event itself.
public final class AwsEventBridgeReader implements QuotesHeaders {
    private static final String RULE = "RULE_ARN";
    private static final String SCHEDULE = "SCHEDULE_ARN";
    private static final Set<String> NAMES =
            Set.of(
                    RULE,
                    SCHEDULE,
                    "TARGET_ARN",
                    "ERROR_CODE",
                    "ERROR_MESSAGE",
                    "EXHAUSTED_RETRY_CONDITION",
                    "RETRY_ATTEMPTS",
                    "EXECUTION_ID",
                    "SCHEDULED_TIME",
                    "IS_PAYLOAD_TRUNCATED");

    @Override
    public String name() {
        return "Amazon EventBridge";
    }

    @Override
    public int order() {
        return 41;
    }

    @Override
    public boolean speaks(Headers headers) {
        return (Evidence.has(headers, RULE) || Evidence.has(headers, SCHEDULE))
                && Evidence.has(headers, "ERROR_CODE");
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var code = evidence.lastText("ERROR_CODE");
        var said = evidence.lastText("ERROR_MESSAGE");
        var target = evidence.lastText("TARGET_ARN");
        var retries = Evidence.toInt(Evidence.decimal(evidence.last("RETRY_ATTEMPTS")));
        evidence.lastText(RULE);
        evidence.lastText(SCHEDULE);
        return Optional.of(
                Failure.builder()
                        .type(code)
                        .message(said)
                        .consumer(target)
                        // The first try is no retry.
                        .tries(retries == null ? null : retries + 1)
                        .firstDeath(message.timestamp())
                        .lastDeath(message.timestamp())
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return NAMES.contains(header.name()) && speaks(all);
    }
}
