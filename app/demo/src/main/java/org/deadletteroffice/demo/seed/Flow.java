package org.deadletteroffice.demo.seed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.deadletteroffice.demo.shop.Message;
import org.deadletteroffice.demo.shop.Service;
import org.deadletteroffice.demo.style.DeadLetterStyle;

/// One stream of the shop, from its topic to its dead-letter topic.
///
/// @param topics in the order of a message's way: origin, retry topics, dead-letter topic
/// @param groups of consumers, one for each topic but the last
/// @param deadLetterPartitions of the last topic; the others have `partitions`
/// @param every how long until the next good message while the demo runs
/// @param badOneOf one of so many live messages is bad, in the proportions of `causes`
/// @param history good messages that were sent before the demo began
public record Flow(
        List<String> topics,
        List<String> groups,
        int partitions,
        int deadLetterPartitions,
        Service service,
        DeadLetterStyle style,
        List<Cause> causes,
        Duration every,
        int badOneOf,
        Function<Instant, Message> good,
        int history) {
    public Flow {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
        causes = List.copyOf(causes);
    }

    public String origin() {
        return topics.getFirst();
    }

    public String deadLetters() {
        return topics.getLast();
    }

    public int deadLetterCount() {
        return causes.stream().mapToInt(Cause::count).sum();
    }
}
