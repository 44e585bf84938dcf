package org.deadletteroffice.core.job;

import org.junit.jupiter.api.extension.ExtendWith;

/// Pause, stop and resume, with jobs and trail in a database that a team shares.
@ExtendWith(OnPostgres.class)
class JobControlOnPostgresTest extends JobControlTest {}
