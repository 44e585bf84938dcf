package org.deadletteroffice.core.job;

import org.junit.jupiter.api.extension.ExtendWith;

/// Redrives, with jobs and trail in a database that a team shares.
@ExtendWith(OnPostgres.class)
class RedriveJobOnPostgresTest extends RedriveJobTest {}
