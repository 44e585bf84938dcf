/// Keys and first steps.
@NullMarked
package org.deadletteroffice.desktop.help;

import org.jspecify.annotations.NullMarked;
