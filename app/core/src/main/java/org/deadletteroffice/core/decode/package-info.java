/// Bytes to something readable, and back. [Decoders] chooses.
@NullMarked
package org.deadletteroffice.core.decode;

import org.jspecify.annotations.NullMarked;
