package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.demo.Demo;
import org.deadletteroffice.demo.sample.Samples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Walks the demo's dead letters of every format, from the newest to the oldest, and keeps a
/// picture of each in both themes. Slow by its pictures.
@Tag("soak")
@ExtendWith(DesktopExtension.class)
class EveryFormatTest {
    private static final String PROFILE = "demo-kafka";

    private static Demo demo;

    @BeforeAll
    static void start() throws Exception {
        demo = Demo.start(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    private static void openSamples(Desktop desk) throws Exception {
        desk.engine()
                .profiles()
                .save(
                        Profile.of(
                                PROFILE,
                                "kafka",
                                Environment.DEVELOPMENT,
                                Map.of(
                                        "bootstrap",
                                        demo.bootstrap(),
                                        "schemaFolder",
                                        demo.schemaFolder().toString())),
                        Map.of());
        desk.openQueue(PROFILE, Samples.DEAD_LETTERS);
        desk.until("all are listed", () -> desk.messageCount() == Samples.all().size());
    }

    @Test
    void the_window_shows_every_format_decoded(Desktop desk) throws Exception {
        openSamples(desk);
        var samples = Samples.all();
        for (int row = 0; row < samples.size(); row++) {
            var sample = samples.get(samples.size() - 1 - row);
            desk.select(row).shows(sample.name()).shows(sample.format());
            desk.screenshots("format-" + fileName(sample.name()));
        }
        assertThat(desk.has(".error-card")).isFalse();
    }

    @Test
    void an_edit_is_held_against_the_schema_that_is_chosen(Desktop desk) throws Exception {
        openSamples(desk);
        var samples = Samples.all().reversed();
        int row = 0;
        while (!samples.get(row).name().startsWith("JSON Schema")) {
            row++;
        }
        desk.select(row).shows("registry+json").press(KeyCode.E);
        desk.shows("2 places do not fit its schema").screenshots("edit-own-schema");
        desk.clickOn("#schema-choice").shows("Its own schema");
        desk.press(KeyCode.DOWN).press(KeyCode.DOWN).press(KeyCode.ENTER);
        desk.shows("could not be held against the latest schema of " + Samples.ORIGIN);
        desk.screenshots("edit-latest-schema");
    }

    private static String fileName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
    }
}
