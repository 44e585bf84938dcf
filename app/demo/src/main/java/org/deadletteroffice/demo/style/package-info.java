/// How frameworks write a dead letter: which headers, in which order, in which encoding. Small
/// libraries that need no framework; tests hold each against the real one.
@NullMarked
package org.deadletteroffice.demo.style;

import org.jspecify.annotations.NullMarked;
