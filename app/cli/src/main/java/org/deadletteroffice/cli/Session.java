package org.deadletteroffice.cli;

import java.nio.file.Path;
import java.time.Clock;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.store.StoreException;
import org.jspecify.annotations.Nullable;

/// One run of `dlo`: what all commands share. The engine is opened when the first command asks for
/// it, so that help and completion touch no disk.
public final class Session implements AutoCloseable {
    private final Host host;
    private @Nullable Path home;
    private Output.@Nullable Format format;
    private @Nullable Engine engine;

    public Session(Host host) {
        this.host = host;
    }

    public Host host() {
        return host;
    }

    void home(Path chosen) {
        home = chosen;
    }

    void format(Output.Format chosen) {
        format = chosen;
    }

    /// `--home`, else `$DLO_HOME`, else the platform's data folder.
    public Path home() {
        if (home != null) {
            return home;
        }
        var variable = host.variables().get("DLO_HOME");
        return variable == null || variable.isBlank()
                ? EngineOptions.defaultHome()
                : Path.of(variable);
    }

    public Output output() {
        if (format == null) {
            format = host.outIsTerminal() ? Output.Format.TABLE : Output.Format.JSON;
        }
        return new Output(host.out(), format);
    }

    /// A line for the person, on standard error.
    public void say(String sentence) {
        host.err().println(sentence);
        host.err().flush();
    }

    public Progress progress() {
        return new Progress(host.err(), host.errIsTerminal());
    }

    public Engine engine() throws StoreException {
        if (engine == null) {
            engine = Engine.open(new EngineOptions(home(), Clock.systemUTC(), host.connectors()));
        }
        return engine;
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
