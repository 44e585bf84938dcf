/// The local store: one H2 file that several processes share.
@NullMarked
package org.deadletteroffice.core.store;

import org.jspecify.annotations.NullMarked;
