package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.core.browse.LookCost;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Dialogs.Alternative;
import org.deadletteroffice.desktop.shell.Dialogs.Question;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Before a queue is looked into that does not lie open: puts the [LookQuestion] in a dialog, where
/// looking costs something and nobody agreed yet. FX thread only.
public final class LookFirst {
    /// Who looks, and at what.
    public enum Why {
        REHEARSAL("A rehearsal looks at all that is meant."),
        JOB("The job looks at all that it has yet to do.");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Desk desk;
    private final QueueRef queue;
    private final Why why;
    private final Runnable look;
    private final Runnable asked;

    private LookFirst(Desk desk, QueueRef queue, Why why, Runnable look, Runnable asked) {
        this.desk = desk;
        this.queue = queue;
        this.why = why;
        this.look = look;
        this.asked = asked;
    }

    /// @param look called at once where looking costs nothing, and never where the operator does
    ///     not agree
    public static void ask(Desk desk, QueueRef queue, Why why, Runnable look) {
        ask(desk, queue, why, look, () -> {});
    }

    /// @param asked called when the operator is asked, who need not agree
    public static void ask(Desk desk, QueueRef queue, Why why, Runnable look, Runnable asked) {
        if (queue.kind().isLog()) {
            look.run();
        } else {
            new LookFirst(desk, queue, why, look, asked).find();
        }
    }

    private void find() {
        desk.background()
                .run(
                        () -> desk.engine().brokers().capabilities(queue).observerEffect(),
                        effect -> weigh(LookCost.words(effect), null),
                        problem -> weigh("", problem));
    }

    private void weigh(String cost, @Nullable Problem unknown) {
        var _ = LookQuestion.weigh(desk.consent(), queue, cost, unknown, look, this::put);
    }

    private void put(LookQuestion cost) {
        asked.run();
        var question =
                Question.plain(cost.title(), cost.text() + " " + why.sentence, LookQuestion.LOOK);
        if (cost.isPriced()) {
            var always =
                    new Alternative(
                            cost.always(),
                            () -> {
                                cost.agreeForProfile();
                                look.run();
                            });
            desk.dialogs().ask(question, always, _ -> agreed(cost));
        } else {
            desk.dialogs().ask(question, _ -> agreed(cost));
        }
    }

    private void agreed(LookQuestion cost) {
        cost.agree();
        look.run();
    }
}
