/// Adding and changing a broker's profile.
@NullMarked
package org.deadletteroffice.desktop.connect;

import org.jspecify.annotations.NullMarked;
