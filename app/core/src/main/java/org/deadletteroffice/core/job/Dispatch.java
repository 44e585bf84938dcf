package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.error.BrokerException;

/// The middle stage of a run: does with what is planned what the job is for, and hands on what may
/// be taken from the source.
interface Dispatch extends AutoCloseable {
    void run() throws OperatorException, BrokerException, InterruptedException;

    /// Whether the outcome of the last batch is not known.
    boolean isUnsettled();

    /// Every message of the job is dealt with: the broker need prove nothing any more.
    void forget();

    @Override
    void close();
}
