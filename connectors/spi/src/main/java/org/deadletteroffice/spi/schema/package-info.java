/// Schema registries that are no part of the engine.
@NullMarked
package org.deadletteroffice.spi.schema;

import org.jspecify.annotations.NullMarked;
