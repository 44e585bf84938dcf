/// Payloads and headers as text for people: pretty, raw and hex, a line at a time. No nodes.
@NullMarked
package org.deadletteroffice.desktop.payload;

import org.jspecify.annotations.NullMarked;
