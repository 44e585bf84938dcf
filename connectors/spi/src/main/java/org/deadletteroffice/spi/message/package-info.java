/// The messages of a broker, as they lie there: places, ids, bytes, headers, and why a message
/// died.
@NullMarked
package org.deadletteroffice.spi.message;

import org.jspecify.annotations.NullMarked;
