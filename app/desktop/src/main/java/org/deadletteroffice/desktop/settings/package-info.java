/// What an operator may set.
@NullMarked
package org.deadletteroffice.desktop.settings;

import org.jspecify.annotations.NullMarked;
