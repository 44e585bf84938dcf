package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class AuditTest extends OnMemory {
    @Test
    void every_act_is_a_row_with_the_promised_fields() {
        GoldenJson.assertSame("audit-list", dlo.run("audit", "list"));
    }

    @Test
    void rows_are_found_by_time_and_text() {
        assertThat(dlo.run("audit", "list", "--since", "1h").json()).isNotEmpty();
        assertThat(dlo.run("audit", "list", "--since", "2999-01-01").json()).isEmpty();
        assertThat(dlo.run("audit", "list", "--text", "dev").json()).isNotEmpty();
        assertThat(dlo.run("audit", "list", "--text", "no such word").json()).isEmpty();
        assertThat(dlo.run("audit", "list", "--since", "soon").exit()).isEqualTo(2);
    }

    @Test
    void an_untouched_trail_is_intact() {
        GoldenJson.assertSame("audit-verify", dlo.run("audit", "verify"));
    }

    @Test
    void the_trail_is_exported_as_lines() throws IOException {
        var file = home.resolve("trail.jsonl");

        var exported = dlo.run("audit", "export", file.toString());

        assertThat(exported.exit()).isZero();
        assertThat(Files.readAllLines(file)).hasSize(exported.json().get("exported").asInt());
    }
}
