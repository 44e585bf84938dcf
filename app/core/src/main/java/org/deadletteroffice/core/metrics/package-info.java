/// Depth and lag over time.
@NullMarked
package org.deadletteroffice.core.metrics;

import org.jspecify.annotations.NullMarked;
