/// What bears the same ids as a message, in one line of time through all brokers and the audit.
@NullMarked
package org.deadletteroffice.desktop.trace;

import org.jspecify.annotations.NullMarked;
