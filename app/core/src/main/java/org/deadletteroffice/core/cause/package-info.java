/// Why messages died: one reader for each framework, and the fingerprint that groups equal
/// failures.
@NullMarked
package org.deadletteroffice.core.cause;

import org.jspecify.annotations.NullMarked;
