package org.deadletteroffice.desktop.text;

import java.time.Duration;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.spi.message.ConsumerInfo;

/// Consumers in the operator's words.
public final class ConsumerWords {
    private static final double NOISE = 0.02;
    private static final Duration LONGEST = Duration.ofDays(365);

    /// When the lag will be gone: `caught up`, `growing`, `in 4 min`, `not moving`.
    public static String clear(ConsumerInfo consumer) {
        var lag = consumer.lag();
        var growth = consumer.growth();
        if (lag == null) {
            return "not known";
        }
        if (lag == 0) {
            return "caught up";
        }
        if (growth == null) {
            return "measuring";
        }
        if (growth > NOISE) {
            return "growing";
        }
        if (growth > -NOISE) {
            return "not moving";
        }
        var seconds = lag / -growth;
        return seconds > LONGEST.toSeconds()
                ? "not moving"
                : "in " + Ages.rough(Duration.ofSeconds(Math.round(seconds)));
    }

    /// Growing is urgent, standing still is worth a look.
    public static Tone tone(ConsumerInfo consumer) {
        var lag = consumer.lag();
        var growth = consumer.growth();
        if (lag == null || lag == 0) {
            return Tone.NEUTRAL;
        }
        if (growth != null && growth > NOISE) {
            return Tone.DANGER;
        }
        return growth != null && growth < -NOISE ? Tone.NEUTRAL : Tone.WARNING;
    }

    private ConsumerWords() {}
}
