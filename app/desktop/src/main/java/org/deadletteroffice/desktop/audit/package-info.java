/// The trail of every act.
@NullMarked
package org.deadletteroffice.desktop.audit;

import org.jspecify.annotations.NullMarked;
