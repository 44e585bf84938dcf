/// One message changed by hand, before it is replayed.
@NullMarked
package org.deadletteroffice.desktop.edit;

import org.jspecify.annotations.NullMarked;
