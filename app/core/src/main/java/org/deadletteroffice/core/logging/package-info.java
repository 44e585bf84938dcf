/// Where log lines go: a file in the data folder, never standard output.
@NullMarked
package org.deadletteroffice.core.logging;

import org.jspecify.annotations.NullMarked;
