/// What a broker connector is: found by `ServiceLoader`, opened for a profile, asked for queues and
/// messages.
@NullMarked
package org.deadletteroffice.spi.connector;

import org.jspecify.annotations.NullMarked;
