/// Schemas of payloads: where they come from, and values read and written by them.
@NullMarked
package org.deadletteroffice.core.schema;

import org.jspecify.annotations.NullMarked;
