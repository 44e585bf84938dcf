package org.deadletteroffice.desktop.text;

import org.deadletteroffice.spi.transfer.Guarantee;

/// Guarantees in the operator's words.
public final class GuaranteeWords {
    public static String of(Guarantee guarantee) {
        return switch (guarantee) {
            case EXACTLY_ONCE -> "exactly once";
            case SERVICE -> "as the service gives it: it retries by its own rules";
            case AT_LEAST_ONCE -> "at least once: a crash may send a message twice";
        };
    }

    private GuaranteeWords() {}
}
