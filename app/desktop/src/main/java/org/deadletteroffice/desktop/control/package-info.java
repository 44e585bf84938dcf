/// Controls that know no engine: given values, they draw.
@NullMarked
package org.deadletteroffice.desktop.control;

import org.jspecify.annotations.NullMarked;
