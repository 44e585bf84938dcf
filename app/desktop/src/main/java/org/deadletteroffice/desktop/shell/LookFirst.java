package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.core.browse.LookCost;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Dialogs.Alternative;
import org.deadletteroffice.desktop.shell.Dialogs.Question;
import org.deadletteroffice.spi.message.QueueRef;

/// Before a queue is looked into that does not lie open, such as by the rehearsal of a purge: says
/// what looking costs and asks, where it costs something and nobody agreed yet. FX thread only.
public final class LookFirst {
    private static final String WHY = " A rehearsal looks at all that is meant.";

    private final Desk desk;
    private final QueueRef queue;
    private final Runnable look;

    private LookFirst(Desk desk, QueueRef queue, Runnable look) {
        this.desk = desk;
        this.queue = queue;
        this.look = look;
    }

    /// @param look called at once where looking costs nothing, and never where the operator does
    ///     not agree
    public static void ask(Desk desk, QueueRef queue, Runnable look) {
        if (queue.kind().isLog()) {
            look.run();
        } else {
            new LookFirst(desk, queue, look).weigh();
        }
    }

    private void weigh() {
        desk.background()
                .run(
                        () -> desk.engine().brokers().capabilities(queue).observerEffect(),
                        effect -> {
                            var cost = LookCost.words(effect);
                            if (cost.isEmpty()) {
                                look.run();
                            } else {
                                desk.consent().ask(queue, given -> price(given, cost));
                            }
                        },
                        this::unknownPrice);
    }

    private void price(boolean given, String cost) {
        if (given) {
            look.run();
            return;
        }
        desk.dialogs()
                .ask(
                        Question.plain("Looking costs something here", cost + "." + WHY, "Look"),
                        new Alternative(
                                "Always look in " + queue.profile(),
                                () -> {
                                    desk.consent().giveForProfile(queue);
                                    look.run();
                                }),
                        _ -> {
                            desk.consent().give(queue);
                            look.run();
                        });
    }

    /// To agree for longer than this look, one has to know to what.
    private void unknownPrice(Problem reason) {
        desk.dialogs()
                .ask(
                        Question.plain(
                                "Looking may cost something here",
                                "What it does to the messages could not be found out. "
                                        + reason.sentence()
                                        + " "
                                        + reason.remedy()
                                        + WHY,
                                "Look"),
                        _ -> look.run());
    }
}
