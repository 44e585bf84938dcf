/// How headers tell why a message died. A plugin author compiles against this jar alone.
@NullMarked
package org.deadletteroffice.spi.cause;

import org.jspecify.annotations.NullMarked;
