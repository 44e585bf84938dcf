/// How messages leave: the plan, the send, the proof.
@NullMarked
package org.deadletteroffice.spi.transfer;

import org.jspecify.annotations.NullMarked;
