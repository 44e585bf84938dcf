/// How payload bytes become something to read and edit, and bytes again. A plugin author compiles
/// against this jar alone.
@NullMarked
package org.deadletteroffice.spi.decode;

import org.jspecify.annotations.NullMarked;
