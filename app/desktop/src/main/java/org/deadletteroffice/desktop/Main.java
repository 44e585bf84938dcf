package org.deadletteroffice.desktop;

import javafx.application.Application;
import javafx.application.Platform;

/// Starts the window. Apart from [App], since the launcher refuses to start an [Application] from
/// the class path.
public final class Main {
    public static void main(String[] arguments) {
        Application.launch(App.class, arguments);
    }

    /// Closes the window; [#main] then returns. From any thread.
    public static void quit() {
        Platform.exit();
    }

    private Main() {}
}
