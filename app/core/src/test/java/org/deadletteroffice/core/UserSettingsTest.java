package org.deadletteroffice.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserSettingsTest {
    @TempDir Path home;

    private UserSettings settings() {
        return new UserSettings(home.resolve("settings.json"), Clock.systemUTC());
    }

    @Test
    void what_is_put_is_there_for_the_next_process() {
        settings().put("theme", "dark");
        settings().put("operator", "Ada");
        assertThat(settings().get("theme")).contains("dark");
        assertThat(settings().get("operator")).contains("Ada");
        assertThat(settings().get("other")).isEmpty();
    }

    @Test
    void a_file_that_makes_no_sense_is_kept_aside_and_the_presets_are_used() throws Exception {
        var nonsense = "{\"theme\": dark";
        Files.writeString(home.resolve("settings.json"), nonsense);
        assertThat(settings().get("theme")).isEmpty();
        settings().put("theme", "light");
        assertThat(settings().get("theme")).contains("light");
        try (var files = Files.list(home)) {
            var kept =
                    files.filter(
                                    file ->
                                            file.getFileName()
                                                    .toString()
                                                    .startsWith("settings.unreadable-"))
                            .toList();
            assertThat(kept)
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent(nonsense));
        }
    }
}
