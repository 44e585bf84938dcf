/// The settings of a broker as data: forms, flags, checks and docs are drawn from them.
@NullMarked
package org.deadletteroffice.spi.profile;

import org.jspecify.annotations.NullMarked;
