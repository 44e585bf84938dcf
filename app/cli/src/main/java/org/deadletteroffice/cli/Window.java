package org.deadletteroffice.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.stream.Stream;
import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The window as seen from the command line: a class known by its name alone, so that no command
/// loads JavaFX.
public final class Window {
    private static final Logger LOG = LoggerFactory.getLogger(Window.class);

    /// Says that a demo is on its way, so that an empty window need not offer one.
    public static final String DEMO_STARTING = "--demo-starting";

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
        return method("main", String[].class) == null
                ? "The window is not part of this installation."
                : null;
    }

    /// Opens the window on this session's data folder and blocks until it is closed, or the command
    /// is interrupted.
    ///
    /// @param options of the window, beside its data folder
    public ExitCode open(String... options) throws Exception {
        var obstacle = obstacle();
        var main = method("main", String[].class);
        if (obstacle != null || main == null) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    String.valueOf(obstacle),
                    "Use dlo COMMAND, which needs none; dlo --help lists the commands.");
        }
        var args =
                Stream.concat(Stream.of("--home", session.home().toString()), Stream.of(options))
                        .toArray(String[]::new);
        try {
            main.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (!session.host().interruption().isRequested()) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
            // It was closed while it came up.
        }
        return ExitCode.DONE;
    }

    /// Closes the window as its close button does. From any thread; harmless when it is not open.
    public void close() {
        var quit = method("quit");
        try {
            if (quit != null) {
                quit.invoke(null);
            }
        } catch (ReflectiveOperationException alreadyGone) {
            LOG.debug("The window did not close: {}", alreadyGone.toString());
        }
    }

    private static @Nullable Method method(String name, Class<?>... parameters) {
        try {
            return Class.forName(MAIN).getMethod(name, parameters);
        } catch (ReflectiveOperationException | LinkageError absent) {
            return null;
        }
    }
}
