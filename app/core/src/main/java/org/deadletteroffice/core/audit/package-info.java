/// The trail of every act, and the proof that nobody changed it.
@NullMarked
package org.deadletteroffice.core.audit;

import org.jspecify.annotations.NullMarked;
