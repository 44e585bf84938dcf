package org.deadletteroffice.core.job;

import org.junit.jupiter.api.extension.ExtendWith;

/// Purges and their undo, with jobs and trail in a database that a team shares.
@ExtendWith(OnPostgres.class)
class PurgeOnPostgresTest extends PurgeTest {}
