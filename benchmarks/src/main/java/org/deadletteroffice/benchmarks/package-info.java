/// Figures, each beside a peer's in the same run. Never assertions: a slow machine is no failure.
@NullMarked
package org.deadletteroffice.benchmarks;

import org.jspecify.annotations.NullMarked;
