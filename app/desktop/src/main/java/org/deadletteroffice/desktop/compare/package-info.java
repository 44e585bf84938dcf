/// Two messages side by side.
@NullMarked
package org.deadletteroffice.desktop.compare;

import org.jspecify.annotations.NullMarked;
