package org.deadletteroffice.ui;

import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.theme.Theme;

/// Draws every screen once in a JVM before the FX thread is watched: the first time, classes are
/// loaded and linked and all code is interpreted, which the package does beforehand by its start-up
/// record.
final class WarmUp {
    private static final AtomicBoolean DONE = new AtomicBoolean();

    static boolean isDone() {
        return DONE.get();
    }

    static void draw(Desktop desk) {
        DONE.set(true);
        desk.go(new Place.Overview());
        desk.openQueue(PROFILE, ORDERS_DLT).select(1);
        for (var tab : new String[] {"headers", "failure", "history", "payload"}) {
            desk.tab(tab);
        }
        desk.group("SocketTimeoutException").press(KeyCode.SHIFT, KeyCode.R);
        desk.press(KeyCode.CONTROL, KeyCode.ENTER).shows("would be sent").press(KeyCode.ESCAPE);
        desk.press(KeyCode.DELETE).shows("would be taken away").press(KeyCode.ESCAPE);
        desk.press(KeyCode.E).shows("Edit and replay");
        desk.editorText();
        desk.click("Key and headers").click("Difference").press(KeyCode.ESCAPE);
        desk.go(new Place.Jobs(null)).go(new Place.Audit("")).go(new Place.Settings());
        desk.go(new Place.Help()).go(new Place.Overview());
        desk.open(new Sheet.Connect(null)).shows("Connection check").press(KeyCode.ESCAPE);
        desk.press(KeyCode.CONTROL, KeyCode.K).type("orders").press(KeyCode.ESCAPE);
        desk.theme(Theme.DARK).theme(Theme.LIGHT);
    }

    private WarmUp() {}
}
