/// The window.
@NullMarked
package org.deadletteroffice.desktop;

import org.jspecify.annotations.NullMarked;
