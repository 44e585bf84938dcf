/// Tests of the window in the operator's words, on a headless platform.
@NullMarked
package org.deadletteroffice.ui;

import org.jspecify.annotations.NullMarked;
