package org.deadletteroffice.desktop.overview;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.desktop.shell.Demo;
import org.junit.jupiter.api.Test;

class DemoStartTest extends ModelTest {
    @Test
    void one_that_was_started_before_the_window_is_waited_for() {
        var demo = new DemoStart(desk, new Demo(home, true));
        assertThat(demo.startingProperty().get()).isTrue();
        assertThat(demo.textProperty().get()).isEqualTo("Starting a broker…");
        demo.start();
        assertThat(dialogs.said).isEmpty();
        demo.appeared();
        assertThat(demo.startingProperty().get()).isFalse();
        assertThat(demo.textProperty().get()).isEqualTo("Try the demo");
    }

    @Test
    void one_that_cannot_start_is_told_and_can_be_tried_again() {
        // The command line is no part of this module, so the demo's process ends at once.
        var demo = new DemoStart(desk, new Demo(home, false));
        assertThat(demo.isAvailable()).isFalse();
        demo.start();
        assertThat(dialogs.told).hasSize(1);
        assertThat(demo.startingProperty().get()).isFalse();
    }
}
