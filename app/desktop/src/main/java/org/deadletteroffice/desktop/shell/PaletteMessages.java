package org.deadletteroffice.desktop.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds a message by its id in the dead-letter queues that are known, where looking leaves no
/// trace. FX thread only.
final class PaletteMessages {
    private static final Logger LOG = LoggerFactory.getLogger(PaletteMessages.class);
    private static final Duration REST = Duration.ofMillis(250);
    private static final int LONGEST = 200;
    private static final int QUEUES = 50;

    private final Desk desk;
    private Running waiting = Running.NOTHING;
    private Running seeking = Running.NOTHING;

    PaletteMessages(Desk desk) {
        this.desk = desk;
    }

    /// Seeks once typing rests; a search before it is given up.
    ///
    /// @param found told the queues that hold a message of this id; not when none does
    void seek(String text, Consumer<List<QueueRef>> found) {
        waiting.cancel();
        seeking.cancel();
        if (looksLikeId(text)) {
            waiting = desk.background().after(REST, () -> now(new MessageId(text), found));
        }
    }

    /// Ids have no spaces, and some digit.
    private static boolean looksLikeId(String text) {
        return text.length() > 1
                && text.length() <= LONGEST
                && text.chars().noneMatch(Character::isWhitespace)
                && text.chars().anyMatch(Character::isDigit);
    }

    private void now(MessageId id, Consumer<List<QueueRef>> found) {
        // The queue that is looked at is the likeliest.
        var open =
                desk.navigation().place().get() instanceof Place.Triage(var queue, _)
                        ? queue
                        : null;
        var queues =
                desk.engine().metrics().states().now().stream()
                        .flatMap(state -> state.queues().stream())
                        .filter(queue -> queue.role() == QueueRole.DEAD_LETTER)
                        .map(queue -> queue.ref())
                        .sorted(Comparator.comparing(queue -> !queue.equals(open)))
                        .limit(QUEUES)
                        .toList();
        seeking =
                desk.background()
                        .run(
                                () -> holding(queues, id),
                                (List<QueueRef> held) -> {
                                    if (!held.isEmpty()) {
                                        found.accept(held);
                                    }
                                },
                                // What cannot be looked into is told where the broker is shown.
                                _ -> {});
    }

    private List<QueueRef> holding(List<QueueRef> queues, MessageId id) {
        var held = new ArrayList<QueueRef>();
        for (var queue : queues) {
            try {
                if (desk.engine().brokers().capabilities(queue).observerEffect()
                                instanceof ObserverEffect.None
                        && desk.engine().messages().find(queue, id).isPresent()) {
                    held.add(queue);
                }
            } catch (BrokerException.Cancelled stop) {
                return List.of();
            } catch (OperatorException | BrokerException away) {
                // Another queue may hold it.
                LOG.debug("{} was not sought in {}: {}", id, queue.name(), away.toString());
            }
        }
        return held;
    }
}
