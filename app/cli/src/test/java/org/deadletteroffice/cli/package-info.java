@NullMarked
package org.deadletteroffice.cli;

import org.jspecify.annotations.NullMarked;
