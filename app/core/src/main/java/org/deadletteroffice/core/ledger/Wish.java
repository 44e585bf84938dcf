package org.deadletteroffice.core.ledger;

/// What an operator asks of a job that runs somewhere.
public enum Wish {
    RUN,
    PAUSE,
    STOP
}
