/// The engine: everything the program does, with no window and no broker client. [Engine] is the
/// one entry.
@NullMarked
package org.deadletteroffice.core;

import org.jspecify.annotations.NullMarked;
