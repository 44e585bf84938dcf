/// Filters over messages: CEL or plain words.
@NullMarked
package org.deadletteroffice.core.query;

import org.jspecify.annotations.NullMarked;
