package org.deadletteroffice.desktop;

import javafx.application.Application;

/// Starts the window. Apart from [App], since the launcher refuses to start an [Application] from
/// the class path.
public final class Main {
    public static void main(String[] arguments) {
        Application.launch(App.class, arguments);
    }

    private Main() {}
}
