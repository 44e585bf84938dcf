/// Changing a message: its text, its headers, its key, and what differs.
@NullMarked
package org.deadletteroffice.core.edit;

import org.jspecify.annotations.NullMarked;
