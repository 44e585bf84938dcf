/// The side sheet that rehearses a purge, has it confirmed and starts it.
@NullMarked
package org.deadletteroffice.desktop.purge;

import org.jspecify.annotations.NullMarked;
