package org.deadletteroffice.desktop.inspect;

import org.deadletteroffice.desktop.payload.HeaderText;

/// One header in the reading pane.
///
/// @param ofFailure tells of the death; a redrive leaves it behind
public record HeaderRow(HeaderText text, boolean ofFailure) {}
