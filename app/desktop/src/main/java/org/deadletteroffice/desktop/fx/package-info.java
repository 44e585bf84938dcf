/// The way to the FX thread and back, and what lasts as long as a screen shows.
@NullMarked
package org.deadletteroffice.desktop.fx;

import org.jspecify.annotations.NullMarked;
