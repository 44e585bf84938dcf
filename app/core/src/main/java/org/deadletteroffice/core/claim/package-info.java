/// Claim checks: messages whose payload lies elsewhere, and the way there.
@NullMarked
package org.deadletteroffice.core.claim;

import org.jspecify.annotations.NullMarked;
