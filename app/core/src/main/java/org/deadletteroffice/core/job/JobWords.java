package org.deadletteroffice.core.job;

import java.util.Locale;
import org.deadletteroffice.core.ledger.Counts;

/// How a job stands, in words.
record JobWords(Counts counts) {
    String done() {
        return "Sent " + messages(counts.sent()) + ".";
    }

    String inPart() {
        var text = new StringBuilder("Sent ").append(messages(counts.sent()));
        if (counts.failed() > 0) {
            text.append("; ").append(number(counts.failed())).append(" refused");
        }
        if (counts.excluded() > 0) {
            text.append("; ").append(number(counts.excluded())).append(" left out");
        }
        return text.append(".").toString();
    }

    String stopped() {
        return "Stopped by the operator. " + rest();
    }

    String rest() {
        return "Sent " + messages(counts.sent()) + "; what was not sent lies where it lay.";
    }

    String closed() {
        return "The program was closed after "
                + messages(counts.sent())
                + ". Resume it, or abandon it.";
    }

    String halfWay() {
        return "The broker was lost before it was clear what became of the last batch. Resume the job to settle it.";
    }

    String leftInSource() {
        return number(counts.sent() - counts.removed())
                + " sent messages could not be taken from the queue. Resume the job to try again.";
    }

    private static String messages(long count) {
        return number(count) + (count == 1 ? " message" : " messages");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
