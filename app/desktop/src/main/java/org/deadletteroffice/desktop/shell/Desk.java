package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.core.Engine;
import org.deadletteroffice.desktop.fx.Background;

/// What every model works with.
///
/// @param consent one for the window: who looked at a queue on one screen is not asked on another
public record Desk(
        Engine engine,
        Background background,
        Navigation navigation,
        Dialogs dialogs,
        LookConsent consent) {
    public Desk(Engine engine, Background background, Navigation navigation, Dialogs dialogs) {
        this(
                engine,
                background,
                navigation,
                dialogs,
                new LookConsent(engine.profiles(), background));
    }
}
