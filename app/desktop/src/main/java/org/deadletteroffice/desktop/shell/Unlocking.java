package org.deadletteroffice.desktop.shell;

import java.time.Duration;

/// Allows writing to a production broker for a while, after asking why.
final class Unlocking {
    static final Duration TIME = Duration.ofMinutes(15);

    static void ask(Desk desk, String profile, Runnable done) {
        var question =
                new Dialogs.Question(
                        "Unlock " + profile + " for 15 minutes?",
                        "This is a production broker. Until it locks itself again, replays,"
                                + " redrives and purges can be started on it. The unlock and your"
                                + " reason go into the audit trail.",
                        "Unlock",
                        true,
                        "",
                        true);
        desk.dialogs()
                .ask(
                        question,
                        answer ->
                                desk.background()
                                        .run(
                                                () ->
                                                        desk.engine()
                                                                .brokers()
                                                                .unlock(
                                                                        profile,
                                                                        TIME,
                                                                        answer.reason()),
                                                () -> {
                                                    desk.dialogs()
                                                            .say(
                                                                    profile
                                                                            + " can be written to"
                                                                            + " for 15 minutes.");
                                                    done.run();
                                                },
                                                desk.dialogs()::tell));
    }

    private Unlocking() {}
}
