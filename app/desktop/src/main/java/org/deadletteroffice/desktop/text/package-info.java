/// Amounts, times and names in the operator's words.
@NullMarked
package org.deadletteroffice.desktop.text;

import org.jspecify.annotations.NullMarked;
