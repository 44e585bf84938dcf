package org.deadletteroffice.core;

import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.job.Jobs;
import org.deadletteroffice.core.metrics.Metrics;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.core.store.StoreException;

/// The one entry for window and command line. Opening it opens the data folder's store, which
/// several processes may share, and marks jobs of dead processes as interrupted.
public final class Engine implements AutoCloseable {
    private Engine() {
        throw new UnsupportedOperationException();
    }

    /// Blocks for the disk, never for a broker.
    ///
    /// @throws StoreException when the data folder cannot be used, with what to do
    public static Engine open(EngineOptions options) throws StoreException {
        throw new UnsupportedOperationException();
    }

    public Plugins plugins() {
        throw new UnsupportedOperationException();
    }

    public Profiles profiles() {
        throw new UnsupportedOperationException();
    }

    public Brokers brokers() {
        throw new UnsupportedOperationException();
    }

    public Messages messages() {
        throw new UnsupportedOperationException();
    }

    public Jobs jobs() {
        throw new UnsupportedOperationException();
    }

    public AuditTrail audit() {
        throw new UnsupportedOperationException();
    }

    public Metrics metrics() {
        throw new UnsupportedOperationException();
    }

    public UserSettings settings() {
        throw new UnsupportedOperationException();
    }

    /// Pauses nothing and loses nothing: jobs that run in this process finish their batch and are
    /// left interrupted.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
