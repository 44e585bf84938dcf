package org.deadletteroffice.core.job;

import org.deadletteroffice.core.ledger.Counts;
import org.deadletteroffice.spi.message.Numerals;

/// How a job stands, in words.
///
/// @param note what else was done at the end; empty for nothing
record JobWords(JobKind kind, Counts counts, String note) {
    String done() {
        return did() + "." + (note.isEmpty() ? "" : " " + note);
    }

    String inPart() {
        var text = new StringBuilder(did());
        if (counts.failed() > 0) {
            text.append("; ").append(Numerals.of(counts.failed())).append(" refused");
        }
        if (counts.excluded() > 0) {
            text.append("; ").append(Numerals.of(counts.excluded())).append(" left out");
        }
        return text.append(note.isEmpty() ? "." : ". " + note).toString();
    }

    String stopped() {
        return "Stopped by the operator. " + rest();
    }

    String rest() {
        return did()
                + switch (kind) {
                    case REDRIVE, REPLAY -> "; what was not sent lies where it lay.";
                    case PURGE -> "; the rest lies where it lay.";
                    case RESTORE -> "; the rest is in the archive still.";
                    case IMPORT -> "; the rest is in the file only.";
                    case MOVE ->
                            "; the rest lies where it lay." + (note.isEmpty() ? "" : " " + note);
                };
    }

    String abandoned() {
        return "Given up by the operator. "
                + (kind == JobKind.MOVE
                        ? did() + " as far as is known; the broker may go on by itself."
                        : rest());
    }

    String closed() {
        if (kind == JobKind.MOVE) {
            return "The program was closed; the broker goes on by itself, unless this program kept the"
                    + " pace. Resume the job to follow it.";
        }
        return "The program was closed after "
                + messages(counts.sent())
                + ". Resume it, or abandon it.";
    }

    String halfWay() {
        if (kind == JobKind.MOVE) {
            return "The broker was to stop, which it did not confirm; it may go on. "
                    + (note.isEmpty() ? "" : note + " ")
                    + "Stop the job once more.";
        }
        return "The broker was lost before it was clear what became of the last batch. Resume the job to settle it.";
    }

    String leftInSource() {
        var left = counts.sent() - counts.removed();
        return (kind == JobKind.PURGE
                        ? messages(left)
                        : Numerals.of(left, "sent message", "sent messages"))
                + " could not be taken from the queue. Resume the job to try again.";
    }

    private String did() {
        return switch (kind) {
                    case REDRIVE, REPLAY -> "Sent ";
                    case PURGE -> "Took away ";
                    case RESTORE -> "Put back ";
                    case IMPORT -> "Imported ";
                    case MOVE -> "Moved ";
                }
                + messages(counts.sent());
    }

    private static String messages(long count) {
        return Numerals.of(count, "message", "messages");
    }
}
