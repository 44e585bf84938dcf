/// Jobs: redrive, replay, purge; what would happen, what happens, and how to go on after a crash.
@NullMarked
package org.deadletteroffice.core.job;

import org.jspecify.annotations.NullMarked;
