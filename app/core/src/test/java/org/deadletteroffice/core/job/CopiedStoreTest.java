package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.StoreException;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody copies the data folder while a job writes to it, as a backup does.
class CopiedStoreTest {
    private static final int MESSAGES = 6_000;
    private static final int COPIES = 12;

    @TempDir Path home;
    @TempDir Path copies;

    @Test
    void a_copy_made_in_the_middle_of_writing_holds_a_moment_or_says_that_it_is_damaged()
            throws Exception {
        var made = new ArrayList<Path>();
        try (var office = new Office(home, true)) {
            office.die(0, MESSAGES);
            var id = office.jobs().start(Office.with(office.all(), new Pace(3_000.0, null)), null);
            while (made.size() < COPIES && !office.jobs().find(id).orElseThrow().state().isEnd()) {
                made.add(copy(copies.resolve("copy-" + made.size())));
            }
        }
        assertThat(made).hasSizeGreaterThan(5);

        var sound = 0;
        for (var copy : made) {
            try (var engine = Engine.open(EngineOptions.at(copy))) {
                for (var job : engine.jobs().list()) {
                    var items = 0;
                    for (var from = 0L; ; ) {
                        var page = engine.jobs().items(job.id(), null, from, 4_000);
                        if (page.isEmpty()) {
                            break;
                        }
                        items += page.size();
                        from = page.getLast().sequence() + 1;
                    }
                    assertThat(job.planned() + job.excluded()).isEqualTo(items);
                    assertThat(job.sent()).isBetween(0L, job.planned());
                }
                assertThat(engine.audit().verify().intact()).isTrue();
                sound++;
            } catch (StoreException | StoreUnavailable damaged) {
                assertThat(damaged).hasMessageContaining("damaged");
            }
        }
        assertThat(sound).as("of %d copies", made.size()).isPositive();
    }

    private Path copy(Path to) throws IOException, StoreException {
        var from = DataFolder.at(home).databaseFile();
        var file = DataFolder.at(to).databaseFile();
        Files.createDirectories(file.getParent());
        Files.copy(from, file);
        return to;
    }
}
