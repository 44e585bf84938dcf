package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.ledger.JobRow;

/// Which jobs can be undone.
final class Restoring {
    /// @throws OperatorException NOT_FOUND when the job or its copies are gone, WRONG_USE when it
    ///     took nothing away
    static JobRow restorable(Workshop workshop, String job) throws OperatorException {
        var row =
                workshop.table()
                        .find(job)
                        .orElseThrow(
                                () ->
                                        new OperatorException(
                                                Kind.NOT_FOUND,
                                                "There is no job '" + job + "'.",
                                                "List them with: dlo jobs"));
        switch (row.kind()) {
            case PURGE, REDRIVE, REPLAY -> {
                // These took messages away.
            }
            case MOVE ->
                    throw new OperatorException(
                            Kind.WRONG_USE,
                            "The messages of the job " + job + " were moved by the broker itself.",
                            "There are no copies; move them back from where they lie now.");
            case RESTORE, IMPORT ->
                    throw new OperatorException(
                            Kind.WRONG_USE,
                            "The job " + job + " put messages into a queue and took none away.",
                            "To undo it, purge what it brought.");
        }
        if (RequestJson.read(row.request()) instanceof PurgeRequest purge && !purge.archived()) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The job " + job + " was told to keep no copies.",
                    "There is nothing that could be put back.");
        }
        if (row.counts().removed() > 0 && !workshop.archive().has(job)) {
            throw new OperatorException(
                    Kind.NOT_FOUND,
                    "The archive holds no copies of the job " + job + " any more.",
                    "Copies are kept "
                            + workshop.retention().get().words()
                            + "; nothing can be put back.");
        }
        return row;
    }

    private Restoring() {}
}
