package org.deadletteroffice.ui;

import javafx.scene.input.KeyCode;
import org.deadletteroffice.desktop.shell.Place;

/// The main path through an open queue of twenty: one message is found, repaired, sent to its
/// origin, and read of in the trail.
///
/// @param filter finds it alone
/// @param tells what its cause says
/// @param edited its new payload as the editor shows it
/// @param reason why it is sent
/// @param pictures how their names begin
record RepairWalk(String filter, String tells, String edited, String reason, String pictures) {
    void walk(Desktop desk) throws Exception {
        desk.fill("#filter", filter).press(KeyCode.ENTER);
        desk.shows("1 of 20").select(0).shows(tells).screenshots(pictures + "-triage");

        desk.press(KeyCode.E).shows("Edit and replay");
        desk.rewrite(edited);
        desk.shows("Difference 1").press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.shows("would be sent").fill("#reason", reason);
        desk.screenshots(pictures + "-redrive");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER);
        desk.jobIsDone();
        desk.go(new Place.Jobs(null)).shows("Replay").shows("done");
        desk.go(new Place.Audit("")).shows(reason).screenshots(pictures + "-audit");
    }
}
