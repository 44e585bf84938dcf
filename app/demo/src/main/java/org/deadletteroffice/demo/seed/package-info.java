/// The demo's past: days of messages that died, written in seconds.
@NullMarked
package org.deadletteroffice.demo.seed;

import org.jspecify.annotations.NullMarked;
