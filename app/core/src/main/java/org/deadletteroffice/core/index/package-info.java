/// What is remembered of a queue's messages, so that groups and counts cost one scan and then only
/// what is new.
@NullMarked
package org.deadletteroffice.core.index;

import org.jspecify.annotations.NullMarked;
