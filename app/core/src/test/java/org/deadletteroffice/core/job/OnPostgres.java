package org.deadletteroffice.core.job;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.deadletteroffice.core.store.PostgresCluster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs the tests of a class on PostgreSQL instead of the data folder's own store.
final class OnPostgres implements BeforeAllCallback, AfterAllCallback {
    private @Nullable PostgresCluster cluster;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var started = PostgresCluster.start();
        assumeTrue(started.isPresent(), "no PostgreSQL 15 or newer is installed");
        cluster = started.get();
        Office.onStoresOf(cluster);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Office.onStoresOf(null);
        if (cluster != null) {
            cluster.close();
        }
    }
}
