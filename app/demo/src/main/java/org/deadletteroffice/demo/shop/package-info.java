/// The web shop that the demo is about: what its services are sent, and what each does with it.
@NullMarked
package org.deadletteroffice.demo.shop;

import org.jspecify.annotations.NullMarked;
