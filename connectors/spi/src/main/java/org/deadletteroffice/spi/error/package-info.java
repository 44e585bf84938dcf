/// What can go wrong with a broker, in the operator's words.
@NullMarked
package org.deadletteroffice.spi.error;

import org.jspecify.annotations.NullMarked;
