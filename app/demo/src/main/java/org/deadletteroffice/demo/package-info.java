/// A broker full of dead letters, with the applications that write and read it, in a process of its
/// own.
@NullMarked
package org.deadletteroffice.demo;

import org.jspecify.annotations.NullMarked;
