/// Copies of messages as they lay in their queues, kept so that none can be lost on its way.
@NullMarked
package org.deadletteroffice.core.archive;

import org.jspecify.annotations.NullMarked;
