package org.deadletteroffice.desktop.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.desktop.shell.Place;
import org.junit.jupiter.api.Test;

class AuditModelTest extends ModelTest {
    private void acts(int count) {
        for (var i = 1; i <= count; i++) {
            engine.audit()
                    .append("redrive", "prod", "orders-dlt", "job" + i, "reason " + i, Map.of());
        }
    }

    @Test
    void shows_the_newest_first() {
        acts(3);
        var model = new AuditModel(desk);
        model.read();
        assertThat(model.rows()).extracting(AuditRow::job).containsExactly("job3", "job2", "job1");
        assertThat(model.moreProperty().get()).isFalse();
    }

    @Test
    void finds_what_is_searched_for() {
        acts(12);
        var model = new AuditModel(desk);
        model.searchProperty().set("reason 12");
        assertThat(model.rows()).extracting(AuditRow::job).containsExactly("job12");
    }

    @Test
    void older_rows_come_page_by_page() {
        acts(250);
        var model = new AuditModel(desk);
        model.read();
        assertThat(model.rows()).hasSize(200);
        assertThat(model.moreProperty().get()).isTrue();
        model.readOlder();
        assertThat(model.rows()).hasSize(250);
        assertThat(model.rows().getLast().number()).isEqualTo(1);
        model.read();
        assertThat(model.rows()).hasSize(250);
    }

    @Test
    void the_chosen_row_stays_chosen_when_new_ones_come() {
        acts(2);
        var model = new AuditModel(desk);
        model.read();
        model.selectedProperty().set(model.rows().getLast());
        acts(1);
        model.read();
        assertThat(model.rows()).hasSize(3);
        assertThat(model.selectedProperty().get().number()).isEqualTo(1);
    }

    @Test
    void verifies_and_exports() throws Exception {
        acts(3);
        var model = new AuditModel(desk);
        model.verify();
        assertThat(model.verdictProperty().get().intact()).isTrue();
        var file = home.resolve("trail.jsonl");
        model.exportTo(file);
        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(dialogs.said.getLast()).contains("3 rows");
    }

    @Test
    void leads_to_the_job() {
        acts(1);
        var model = new AuditModel(desk);
        model.read();
        model.selectedProperty().set(model.rows().getFirst());
        model.openJob();
        assertThat(desk.navigation().place().get()).isEqualTo(new Place.Jobs("job1"));
    }
}
