/// One dead letter of every format and every way to tell of a death, as partners of the shop send
/// them, with what the engine is expected to see in each.
@NullMarked
package org.deadletteroffice.demo.sample;

import org.jspecify.annotations.NullMarked;
