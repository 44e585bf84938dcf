/// Which brokers there are, how to reach them, and what may be done there.
@NullMarked
package org.deadletteroffice.core.profile;

import org.jspecify.annotations.NullMarked;
