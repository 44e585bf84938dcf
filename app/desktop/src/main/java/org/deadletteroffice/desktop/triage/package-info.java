/// One queue: its failure groups, its messages, and what the operator chose among them.
@NullMarked
package org.deadletteroffice.desktop.triage;

import org.jspecify.annotations.NullMarked;
