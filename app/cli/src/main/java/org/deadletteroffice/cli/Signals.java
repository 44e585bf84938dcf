package org.deadletteroffice.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl+C, SIGTERM and the loss of the terminal, taken before the JVM acts on them. Its own answer
/// is to run all shutdown hooks at once and end with 130 or 143: JavaFX's hook then takes the
/// window's graphics away under its feet, and a command cannot say with 7 that it can be resumed.
///
/// `sun.misc.Signal` (module `jdk.unsupported`) is the only way to them, and is called by its name
/// since javac warns of it in a way that cannot be silenced.
final class Signals {
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private Signals() {}

    /// Runs `first` at the first signal and `again` at each further one, on threads of the JVM. A
    /// signal that whoever started this process chose to ignore stays ignored (`nohup`).
    static void handle(Runnable first, Runnable again) {
        var asked = new AtomicBoolean();
        for (var name : NAMES) {
            take(name, () -> (asked.compareAndSet(false, true) ? first : again).run());
        }
    }

    private static void take(String name, Runnable taken) {
        try {
            var signals = Class.forName("sun.misc.Signal");
            var handlers = Class.forName("sun.misc.SignalHandler");
            var signal = signals.getConstructor(String.class).newInstance(name);
            var handle = signals.getMethod("handle", signals, handlers);
            var before = handle.invoke(null, signal, handler(handlers, taken));
            if (before == handlers.getField("SIG_IGN").get(null)) {
                handle.invoke(null, signal, before);
            }
        } catch (ReflectiveOperationException absent) {
            // A signal that this system does not have, or keeps to the JVM (-Xrs).
        }
    }

    private static Object handler(Class<?> type, Runnable taken) {
        InvocationHandler calls =
                (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "handle" -> {
                                taken.run();
                                yield null;
                            }
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "handler of " + type.getName();
                        };
        return Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {type}, calls);
    }
}
