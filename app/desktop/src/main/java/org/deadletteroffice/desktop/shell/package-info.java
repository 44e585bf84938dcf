/// The frame around the screens: rail, broker tree, top bar, status bar, sheets and dialogs.
@NullMarked
package org.deadletteroffice.desktop.shell;

import org.jspecify.annotations.NullMarked;
