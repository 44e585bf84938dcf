package org.deadletteroffice.desktop;

import javafx.application.Application;
import javafx.application.Platform;
import org.deadletteroffice.core.OperatorException;

/// Starts the window. Apart from [App], since the launcher refuses to start an [Application] from
/// the class path.
public final class Main {
    /// Blocks until the window is closed.
    ///
    /// @throws OperatorException WRONG_USE where no window can come up
    public static void main(String[] arguments) throws OperatorException {
        try {
            Application.launch(App.class, arguments);
        } catch (UnsupportedOperationException noScreen) {
            // JavaFX throws it where it finds no display that answers, or no GTK.
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "The window cannot open on the display '%s' (%s)."
                            .formatted(System.getenv("DISPLAY"), noScreen.getMessage()),
                    "See that DISPLAY names a display that answers and that GTK 3 is installed;"
                            + " dlo COMMAND and dlo demo --no-window need neither.",
                    noScreen);
        }
    }

    /// Closes the window; [#main] then returns. From any thread.
    public static void quit() {
        Platform.exit();
    }

    private Main() {}
}
