package org.deadletteroffice.desktop.overview;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.deadletteroffice.desktop.shell.Demo;
import org.deadletteroffice.desktop.shell.Desk;

/// The demo as the first steps offer it: whether it can be started, and how far that is. FX thread
/// only.
final class DemoStart {
    private final Desk desk;
    private final Demo demo;
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("Try the demo");
    private final ReadOnlyBooleanWrapper starting = new ReadOnlyBooleanWrapper();

    DemoStart(Desk desk, Demo demo) {
        this.desk = desk;
        this.demo = demo;
        if (demo.comes()) {
            begin();
        }
    }

    boolean isAvailable() {
        return demo.isAvailable();
    }

    /// True while the demo's broker is starting.
    ReadOnlyBooleanProperty startingProperty() {
        return starting.getReadOnlyProperty();
    }

    /// What the demo's button says.
    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// Starts a broker filled with dead letters; its profile appears when it is ready.
    void start() {
        if (starting.get()) {
            return;
        }
        begin();
        desk.background()
                .run(
                        demo::start,
                        () -> {
                            end();
                            desk.dialogs().say("The demo runs until this window is closed.");
                        },
                        problem -> {
                            end();
                            desk.dialogs().tell(problem);
                        });
    }

    /// The first profile is there: a demo that was on its way has come.
    void appeared() {
        if (demo.comes()) {
            end();
        }
    }

    private void begin() {
        starting.set(true);
        text.set("Starting a broker…");
    }

    private void end() {
        starting.set(false);
        text.set("Try the demo");
    }
}
