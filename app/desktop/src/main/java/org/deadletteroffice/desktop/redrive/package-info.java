/// The side sheet that plans, rehearses and starts a redrive.
@NullMarked
package org.deadletteroffice.desktop.redrive;

import org.jspecify.annotations.NullMarked;
