package org.deadletteroffice.sqs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// Sends some messages in one request. Safe for any thread; blocks until the service answers.
interface Sender {
    /// @param sent the service's id of each message that it confirmed, by its place in the batch
    /// @param failed why not, for each of the others
    record Outcome(Map<Integer, String> sent, Map<Integer, Fault> failed) {}

    /// @param lasting whether it would fail again however often it is sent
    record Fault(boolean lasting, BrokerException reason) {}

    /// The most messages of one request.
    default int mostMessages() {
        return MessageLimits.BATCH;
    }

    /// The most bytes of one request.
    int mostBytes();

    Outcome send(List<Prepared> batch) throws BrokerException;

    static Sender to(Destination destination, Account account) {
        return switch (destination) {
            case Destination.Queue(var address, _, _) -> new QueueSender(account, address);
            case Destination.Topic topic -> new TopicSender(account, topic);
            case Destination.Function function -> new FunctionSender(account, function);
            case Destination.Address address -> new AddressSender(account, address);
        };
    }

    /// Collects the entries of a batch's answer.
    final class Answers {
        private final Account account;
        private final Act act;
        private final Map<Integer, String> sent = new HashMap<>();
        private final Map<Integer, Fault> failed = new HashMap<>();

        Answers(Account account, Act act) {
            this.account = account;
            this.act = act;
        }

        void sent(String entry, String id) {
            sent.put(Integer.valueOf(entry), id);
        }

        /// @param text the service's; it may leave it out, as may be `senderFault`
        void failed(
                String entry, String code, @Nullable String text, @Nullable Boolean senderFault) {
            var reason =
                    account.errors()
                            .byCode(code, Objects.requireNonNullElse(text, ""), 400, act, null);
            failed.put(Integer.valueOf(entry), new Fault(Boolean.TRUE.equals(senderFault), reason));
        }

        Outcome outcome() {
            return new Outcome(sent, failed);
        }
    }
}
