/// One business process followed across brokers: what bears the same ids, in the order of time.
@NullMarked
package org.deadletteroffice.core.trace;

import org.jspecify.annotations.NullMarked;
