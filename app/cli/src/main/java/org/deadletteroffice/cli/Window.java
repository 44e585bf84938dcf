package org.deadletteroffice.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;

/// The window as seen from the command line: a class known by its name alone, so that no command
/// loads JavaFX.
public final class Window {
    private static final String MAIN = "org.deadletteroffice.desktop.Main";

    private final Session session;

    public Window(Session session) {
        this.session = session;
    }

    /// Why no window can open here, as a sentence; null when it can.
    public @Nullable String obstacle() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
                && session.host().variables().getOrDefault("DISPLAY", "").isBlank()
                && session.host().variables().getOrDefault("WAYLAND_DISPLAY", "").isBlank()
                && !"Headless".equals(System.getProperty("glass.platform"))) {
            return "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so the window"
                    + " cannot open.";
        }
        return main() == null ? "The window is not part of this installation." : null;
    }

    /// Opens the window on this session's data folder and blocks until it is closed.
    public ExitCode open() throws Exception {
        var obstacle = obstacle();
        var main = main();
        if (obstacle != null || main == null) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    String.valueOf(obstacle),
                    "Use dlo COMMAND, which needs none; dlo --help lists the commands.");
        }
        try {
            var args = new String[] {"--home", session.home().toString()};
            main.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return ExitCode.DONE;
    }

    private static @Nullable Method main() {
        try {
            return Class.forName(MAIN).getMethod("main", String[].class);
        } catch (ReflectiveOperationException | LinkageError absent) {
            return null;
        }
    }
}
