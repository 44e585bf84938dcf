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
    void asks_for_messages_by_their_index_however_large_the_ledger(@TempDir Path home)
            throws Exception {
        try (var store = new Store(DataFolder.at(home))) {
            for (var job = 1; job <= 2; job++) {
                var number = job;
                store.change(
                        handle ->
                                handle.execute(
                                        """
                                        INSERT INTO item (job, number, queue, message, state)
                                        SELECT ?, x, 1, '0-' || x, 3 FROM SYSTEM_RANGE(0, 19999)""",
                                        number));
            }
            store.change(handle -> handle.execute("ANALYZE"));

            var plan =
                    store.in(
                            handle -> {
                                try (var explain =
                                        handle.getConnection()
                                                .prepareStatement(
                                                        "EXPLAIN SELECT item.state "
                                                                + LedgerFates.BY_MESSAGE)) {
                                    explain.setArray(
                                            1,
                                            handle.getConnection()
                                                    .createArrayOf(
                                                            "varchar", new String[] {"0-7"}));
                                    explain.setInt(2, 1);
                                    var rows = explain.executeQuery();
                                    rows.next();
                                    return rows.getString(1);
                                }
                            });

            assertThat(plan).contains("ITEM_BY_MESSAGE: QUEUE = ?2").contains("MESSAGE = ASKED.M");
            assertThat(plan.indexOf("UNNEST")).isLessThan(plan.indexOf("ITEM_BY_MESSAGE"));
        }
    }
}
