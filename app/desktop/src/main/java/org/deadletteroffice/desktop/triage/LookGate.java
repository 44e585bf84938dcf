package org.deadletteroffice.desktop.triage;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.LookConsent;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Stands before the messages of the open queue: opens by itself where looking costs nothing, else
/// once the operator knows what it costs, or that nobody could say so, and wants to look. FX thread
/// only.
final class LookGate {
    private final QueueFacts facts;
    private final LookConsent consent;
    private final Runnable opened;
    private final ReadOnlyObjectWrapper<Looking> looking =
            new ReadOnlyObjectWrapper<>(Looking.UNKNOWN);
    private Running asking = Running.NOTHING;
    private @Nullable QueueRef queue;

    /// @param opened reads the messages
    LookGate(QueueFacts facts, LookConsent consent, Runnable opened) {
        this.facts = facts;
        this.consent = consent;
        this.opened = opened;
    }

    ReadOnlyObjectProperty<Looking> lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    boolean isOpen() {
        return looking.get() == Looking.ALLOWED;
    }

    void shut() {
        asking.cancel();
        queue = null;
        looking.set(Looking.UNKNOWN);
    }

    /// Asks the broker for the facts of the queue, and what looking costs with them. Nobody waits
    /// for the answer at a log, where it costs nothing.
    void approach(QueueRef source) {
        queue = source;
        facts.open(source, () -> weigh(source));
        if (source.kind().isLog() && looking.get() == Looking.UNKNOWN) {
            open();
        }
    }

    /// Where the broker failed to say what looking costs: it may say so by now.
    void askAgain() {
        var source = queue;
        if (source != null && isUnpriced()) {
            looking.set(Looking.UNKNOWN);
            facts.weigh(source, () -> weigh(source));
        }
    }

    /// Whether the operator is asked though nobody could say what looking costs.
    boolean isUnpriced() {
        return looking.get() == Looking.ASKED && facts.costProblemProperty().get() != null;
    }

    private void weigh(QueueRef source) {
        if (looking.get() != Looking.UNKNOWN) {
            return;
        }
        if (facts.costProperty().get().isEmpty() && facts.costProblemProperty().get() == null) {
            open();
            return;
        }
        asking.cancel();
        asking =
                consent.ask(
                        source,
                        given -> {
                            if (given) {
                                open();
                            } else {
                                looking.set(Looking.ASKED);
                            }
                        });
    }

    /// The operator knows what looking costs, and looks. Where nobody could say what it costs, that
    /// holds for this look alone: nobody agreed to a price.
    void agree() {
        agree(consent::give);
    }

    /// As [#agree], and is not asked again in this profile.
    void agreeForProfile() {
        agree(consent::giveForProfile);
    }

    private void agree(Consumer<QueueRef> how) {
        var source = queue;
        if (source != null && looking.get() == Looking.ASKED) {
            if (!isUnpriced()) {
                how.accept(source);
            }
            open();
        }
    }

    private void open() {
        looking.set(Looking.ALLOWED);
        opened.run();
    }
}
