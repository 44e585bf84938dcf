/// The reference connector: a broker inside this process that keeps every rule of the connector
/// interface and makes faults on request. For tests; never in the package users install.
@NullMarked
package org.deadletteroffice.memory;

import org.jspecify.annotations.NullMarked;
