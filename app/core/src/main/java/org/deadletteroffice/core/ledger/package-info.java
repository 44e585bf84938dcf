/// What jobs intend and have done, durable before each act.
@NullMarked
package org.deadletteroffice.core.ledger;

import org.jspecify.annotations.NullMarked;
