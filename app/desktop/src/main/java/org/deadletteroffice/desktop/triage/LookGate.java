package org.deadletteroffice.desktop.triage;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.LookConsent;
import org.deadletteroffice.desktop.shell.LookQuestion;
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
    private @Nullable LookQuestion question;
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

    /// What the operator is asked; null unless [Looking#ASKED].
    @Nullable LookQuestion question() {
        return question;
    }

    boolean isOpen() {
        return looking.get() == Looking.ALLOWED;
    }

    void shut() {
        asking.cancel();
        queue = null;
        question = null;
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
            question = null;
            looking.set(Looking.UNKNOWN);
            facts.weigh(source, () -> weigh(source));
        }
    }

    /// Whether the operator is asked though nobody could say what looking costs.
    boolean isUnpriced() {
        return question != null && !question.isPriced();
    }

    private void weigh(QueueRef source) {
        if (looking.get() != Looking.UNKNOWN) {
            return;
        }
        asking.cancel();
        asking =
                LookQuestion.weigh(
                        consent,
                        source,
                        facts.costProperty().get(),
                        facts.costProblemProperty().get(),
                        this::open,
                        this::put);
    }

    private void put(LookQuestion asked) {
        question = asked;
        looking.set(Looking.ASKED);
    }

    /// The operator knows what looking costs, and looks. Where nobody could say what it costs, that
    /// holds for this look alone: nobody agreed to a price.
    void agree() {
        agree(LookQuestion::agree);
    }

    /// As [#agree], and is not asked again in this profile.
    void agreeForProfile() {
        agree(LookQuestion::agreeForProfile);
    }

    private void agree(Consumer<LookQuestion> how) {
        var asked = question;
        if (asked != null) {
            how.accept(asked);
            open();
        }
    }

    private void open() {
        question = null;
        looking.set(Looking.ALLOWED);
        opened.run();
    }
}
