package org.deadletteroffice.desktop.shell;

import java.util.function.Consumer;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The question whether to look at a queue's messages though that costs something, or though nobody
/// could say what. It says and means the same wherever it is put: where the messages would be
/// listed, or in a dialog. FX thread only.
public final class LookQuestion {
    /// The verb on the button that agrees.
    public static final String LOOK = "Look";

    private final LookConsent consent;
    private final QueueRef queue;
    private final String cost;
    private final @Nullable Problem unknown;

    private LookQuestion(
            LookConsent consent, QueueRef queue, String cost, @Nullable Problem unknown) {
        this.consent = consent;
        this.queue = queue;
        this.cost = cost;
        this.unknown = unknown;
    }

    /// Looks where it costs nothing or the operator agreed before, and has it asked for elsewhere.
    ///
    /// @param cost as [org.deadletteroffice.core.browse.LookCost] words it; empty for nothing
    /// @param unknown why nobody could say what it costs; null where `cost` says it
    public static Running weigh(
            LookConsent consent,
            QueueRef queue,
            String cost,
            @Nullable Problem unknown,
            Runnable look,
            Consumer<LookQuestion> ask) {
        if (cost.isEmpty() && unknown == null) {
            look.run();
            return Running.NOTHING;
        }
        var question = new LookQuestion(consent, queue, cost, unknown);
        return consent.ask(
                queue,
                given -> {
                    if (given) {
                        look.run();
                    } else {
                        ask.accept(question);
                    }
                });
    }

    public String title() {
        return isPriced() ? "Looking costs something here" : "Looking may cost something here";
    }

    public String text() {
        var reason = unknown;
        return reason == null
                ? cost + "."
                : "What it does to the messages could not be found out. "
                        + reason.sentence()
                        + " "
                        + reason.remedy();
    }

    /// Whether it is known what looking costs. To agree for longer than one look, one has to know
    /// to what.
    public boolean isPriced() {
        return unknown == null;
    }

    /// What the button says that agrees for the whole profile.
    public String always() {
        return "Always look in " + queue.profile();
    }

    /// The operator knows what looking costs, and looks.
    public void agree() {
        if (isPriced()) {
            consent.give(queue);
        }
    }

    /// As [#agree], and is not asked again in this profile.
    public void agreeForProfile() {
        if (isPriced()) {
            consent.giveForProfile(queue);
        }
    }
}
