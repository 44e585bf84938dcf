package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.core.Engine;
import org.deadletteroffice.desktop.fx.Background;

/// What every model works with.
public record Desk(Engine engine, Background background, Navigation navigation, Dialogs dialogs) {}
