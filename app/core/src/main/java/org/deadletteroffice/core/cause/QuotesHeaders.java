package org.deadletteroffice.core.cause;

import org.deadletteroffice.spi.cause.CauseReader;

/// A reader that cuts what it tells out of header values: type, message, chain, origin and consumer
/// have no word of letters, digits and `_.-` that does not stand in one of them. So a search that
/// has looked through the headers need not ask it.
interface QuotesHeaders extends CauseReader {}
