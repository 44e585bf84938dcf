package org.deadletteroffice.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFatesTest {
    /// With statistics of a queue that two jobs went through, H2 preferred to read all of it.
    @Test
    void asks_for_messages_by_their_place_however_large_the_ledger(@TempDir Path home)
            throws Exception {
        try (var store = new Store(DataFolder.at(home))) {
            for (var job = 1; job <= 2; job++) {
                var number = job;
                store.change(
                        handle ->
                                handle.execute(
                                        """
                                        INSERT INTO ledger_place (queue, place, job, last_number, low, high)
                                        SELECT 1, x, ?, x, 0, 0 FROM SYSTEM_RANGE(0, 19999)""",
                                        number));
            }
            store.change(handle -> handle.execute("ANALYZE"));

            var plan =
                    store.in(
                            handle -> {
                                var connection = handle.getConnection();
                                try (var explain =
                                        connection.prepareStatement(
                                                "EXPLAIN " + LedgerFates.PAGES)) {
                                    var one = connection.createArrayOf("bigint", new Long[] {7L});
                                    for (var i = 1; i <= 3; i++) {
                                        explain.setArray(i, one);
                                    }
                                    explain.setInt(4, 1);
                                    var rows = explain.executeQuery();
                                    rows.next();
                                    return rows.getString(1);
                                }
                            });

            assertThat(plan).contains("QUEUE = ?4").contains("PLACE = ASKED.P");
            assertThat(plan.indexOf("UNNEST")).isLessThan(plan.indexOf("PLACE = ASKED.P"));
        }
    }
}
