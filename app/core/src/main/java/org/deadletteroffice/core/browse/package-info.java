/// Reading a queue: pages, single messages, groups.
@NullMarked
package org.deadletteroffice.core.browse;

import org.jspecify.annotations.NullMarked;
