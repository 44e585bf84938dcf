/// The side sheet that hands a whole queue over to the broker's own mover.
@NullMarked
package org.deadletteroffice.desktop.move;

import org.jspecify.annotations.NullMarked;
