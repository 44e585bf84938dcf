package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.jspecify.annotations.Nullable;

/// What the management API says of one queue. Its counts lag behind by the broker's statistics
/// interval, 5 s by default.
///
/// @param hasStatistics whether bytes, consumers and rates were asked for
record QueueFacts(JsonNode json, boolean hasStatistics) {
    /// The columns to ask for; the whole answer is many times larger.
    static final String COLUMNS =
            "columns=name,type,arguments,effective_policy_definition,exclusive,messages,"
                    + "messages_ready,messages_unacknowledged,message_bytes,consumers,"
                    + "head_message_timestamp,messages_details.rate,"
                    + "message_stats.publish_details.rate,message_stats.ack_details.rate,"
                    + "message_stats.get_no_ack_details.rate,"
                    + "message_stats.deliver_no_ack_details.rate";

    /// The settings of all policies that apply to the queue.
    static final String POLICY = "effective_policy_definition";

    String name() {
        return json.path("name").asText();
    }

    boolean isStream() {
        return json.path("type").asText().equals("stream");
    }

    boolean isQuorum() {
        return json.path("type").asText().equals("quorum");
    }

    QueueKind kind() {
        return isStream() ? QueueKind.STREAM : QueueKind.QUEUE;
    }

    long messages() {
        return counted().orElse(0);
    }

    /// Empty for a queue that was made a moment ago.
    OptionalLong counted() {
        var count = json.path("messages");
        return count.isNumber() ? OptionalLong.of(count.longValue()) : OptionalLong.empty();
    }

    /// Handed to consumers and not acknowledged, ours among them.
    long unacknowledged() {
        return json.path("messages_unacknowledged").asLong();
    }

    /// Null where it is not told: of a stream, whose messages nobody takes, and of a new queue.
    QueueInfo.@Nullable Shares shares() {
        var ready = json.path("messages_ready");
        return isStream() || !ready.isNumber()
                ? null
                : new QueueInfo.Shares(ready.longValue(), unacknowledged(), 0);
    }

    int consumers() {
        return json.path("consumers").asInt();
    }

    @Nullable Long bytes() {
        var bytes = json.path("message_bytes");
        return bytes.isNumber() ? bytes.longValue() : null;
    }

    /// Classic queues say it, where publishers set the timestamp.
    @Nullable Instant oldest() {
        var seconds = json.path("head_message_timestamp").asLong();
        return seconds > 0 ? Instant.ofEpochSecond(seconds) : null;
    }

    /// Messages per second by which the queue grows, over the broker's last interval: it counts in
    /// steps, and what two looks of ours differ by is nothing or several times too much. Null where
    /// the broker tells no rates, as of a queue that was just made.
    @Nullable Double growth() {
        var rate = json.path("messages_details").path("rate");
        return rate.isNumber() ? rate.doubleValue() : null;
    }

    /// Messages per second that consumers take; null where the broker tells no rates.
    @Nullable Double takenRate() {
        return growth() == null
                ? null
                : Double.valueOf(
                        counted("ack") + counted("get_no_ack") + counted("deliver_no_ack"));
    }

    /// Messages per second that come in; null where the broker tells no rates.
    ///
    /// @param isFedByDeaths those that die into a queue are published by no channel, and so counted
    ///     by nobody: they show in what the queue grows by and what is taken of it
    @Nullable Double inRate(boolean isFedByDeaths) {
        var growth = growth();
        var taken = takenRate();
        if (growth == null || taken == null) {
            return null;
        }
        var published = counted("publish");
        return isFedByDeaths ? Math.max(published, growth + taken) : published;
    }

    /// Of what never happened nothing is told.
    private double counted(String counter) {
        return json.path("message_stats").path(counter + "_details").path("rate").asDouble();
    }

    /// A setting of the queue: its own argument beats a policy.
    private JsonNode setting(String name) {
        var own = json.path("arguments").path("x-" + name);
        return own.isMissingNode() ? json.path(POLICY).path(name) : own;
    }

    /// Where its dead letters go; empty text is the default exchange.
    Optional<String> deadLetterExchange() {
        var exchange = setting("dead-letter-exchange");
        return exchange.isTextual() ? Optional.of(exchange.textValue()) : Optional.empty();
    }

    Optional<String> deadLetterKey() {
        var key = setting("dead-letter-routing-key");
        return key.isTextual() ? Optional.of(key.textValue()) : Optional.empty();
    }

    @Nullable Duration timeToLive() {
        var millis = setting("message-ttl");
        return millis.isNumber() ? Duration.ofMillis(millis.longValue()) : null;
    }

    /// What is said; a version's default is not. Argument and policy together mean the smaller,
    /// unless one of them is -1, which takes away what the other does not say (4.0).
    OptionalInt deliveryLimit() {
        var own = json.path("arguments").path("x-delivery-limit");
        var policy = json.path(POLICY).path("delivery-limit");
        if (own.isNumber() && policy.isNumber()) {
            var smaller = Math.min(own.intValue(), policy.intValue());
            return OptionalInt.of(
                    smaller < 0 ? Math.max(own.intValue(), policy.intValue()) : smaller);
        }
        var said = own.isNumber() ? own : policy;
        return said.isNumber() ? OptionalInt.of(said.intValue()) : OptionalInt.empty();
    }

    OptionalLong maxLength() {
        var most = setting("max-length");
        return most.isNumber() ? OptionalLong.of(most.longValue()) : OptionalLong.empty();
    }

    boolean hasOneActiveConsumer() {
        return setting("single-active-consumer").asBoolean();
    }

    boolean isExclusive() {
        return json.path("exclusive").asBoolean();
    }
}
