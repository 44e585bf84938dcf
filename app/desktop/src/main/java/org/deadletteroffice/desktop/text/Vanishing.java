package org.deadletteroffice.desktop.text;

import java.time.Duration;

/// How long the broker still keeps a message.
public final class Vanishing {
    /// Less than this leaves little time to act.
    private static final Duration SOON = Duration.ofDays(1);

    /// What to do about it.
    public static final String RESCUE =
            "The broker takes it away then, redriven or not. Redrive it before, or export it to a"
                    + " file, which dlo import brings back.";

    private Vanishing() {}

    public static boolean isSoon(Duration left) {
        return left.compareTo(SOON) < 0;
    }

    /// `vanishes in 3 d`
    public static String words(Duration left) {
        return left.isNegative() ? "vanishes any moment" : "vanishes in " + Ages.rough(left);
    }
}
