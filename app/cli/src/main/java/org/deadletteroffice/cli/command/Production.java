package org.deadletteroffice.cli.command;

import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;

/// What a production profile asks for before anything is sent.
final class Production {
    private Production() {}

    static void check(String profile, String queue, @Nullable String confirmed, String reason)
            throws OperatorException {
        if (!queue.equals(confirmed)) {
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    confirmed == null
                            ? profile + " is a production profile, and the queue is not confirmed."
                            : "--confirm says " + confirmed + ", but the queue is " + queue + ".",
                    "Give --confirm " + queue + " and --reason TEXT.");
        }
        if (reason.isBlank()) {
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    profile + " is a production profile, and no reason is given.",
                    "Give --reason TEXT for the audit trail.");
        }
    }
}
