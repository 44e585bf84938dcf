/// Colours, fonts and spacing of the window.
@NullMarked
package org.deadletteroffice.desktop.theme;

import org.jspecify.annotations.NullMarked;
