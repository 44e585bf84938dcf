package org.deadletteroffice.ui;

import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import javafx.scene.input.KeyCode;
import org.deadletteroffice.desktop.shell.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every screen is reached by its key, and kept as a picture in both themes.
@ExtendWith(DesktopExtension.class)
class ScreensTest {
    @Test
    void every_screen_is_one_key_away(Desktop desk) {
        desk.press(KeyCode.CONTROL, KeyCode.DIGIT1).shows("Dead letters over time");
        desk.shows(ORDERS_DLT).screenshots("overview");
        desk.press(KeyCode.CONTROL, KeyCode.DIGIT3).shows("Jobs").screenshots("jobs-empty");
        desk.press(KeyCode.CONTROL, KeyCode.DIGIT4).shows("Audit").screenshots("audit-start");
        desk.press(KeyCode.CONTROL, KeyCode.DIGIT5).shows("Settings").screenshots("settings");
        desk.press(KeyCode.F1).shows("Replay the message that is read").screenshots("help");
        desk.press(KeyCode.CONTROL, KeyCode.N).shows("Connect a broker").screenshots("connect");
        desk.press(KeyCode.ESCAPE).press(KeyCode.CONTROL, KeyCode.K).type("orders");
        desk.screenshots("palette").press(KeyCode.ESCAPE);
    }

    @Test
    void triage_is_empty_until_a_queue_is_chosen(Desktop desk) {
        desk.go(new Place.Triage(null, null)).shows("No queue is open");
        desk.screenshots("triage-no-queue").openQueue(PROFILE, ORDERS_DLT);
    }
}
