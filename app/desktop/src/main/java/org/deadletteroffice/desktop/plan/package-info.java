/// What every plan of a job shows before it starts: what was rehearsed, what is left out, what has
/// to be confirmed.
@NullMarked
package org.deadletteroffice.desktop.plan;

import org.jspecify.annotations.NullMarked;
