package org.deadletteroffice.desktop.shell;

/// A key and what it does, for the help screen and the palette.
///
/// @param where the screen it works in; `Everywhere` for all
/// @param keys as on the keyboard: `Ctrl+K`
/// @param act a sentence in the imperative without a full stop
public record Shortcut(String where, String keys, String act) {}
