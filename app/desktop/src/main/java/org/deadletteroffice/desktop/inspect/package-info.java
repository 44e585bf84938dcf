/// The reading pane: one message, why it died first.
@NullMarked
package org.deadletteroffice.desktop.inspect;

import org.jspecify.annotations.NullMarked;
