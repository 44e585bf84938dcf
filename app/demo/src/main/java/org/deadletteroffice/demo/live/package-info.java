/// The demo's present: producers and consumers that run as long as it does.
@NullMarked
package org.deadletteroffice.demo.live;

import org.jspecify.annotations.NullMarked;
