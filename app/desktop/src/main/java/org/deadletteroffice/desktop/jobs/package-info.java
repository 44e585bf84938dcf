/// What runs, what ran, and how to go on.
@NullMarked
package org.deadletteroffice.desktop.jobs;

import org.jspecify.annotations.NullMarked;
