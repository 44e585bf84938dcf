package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedGroupsTest {
    @TempDir Path home;

    @Test
    void groups_lists_and_counts_follow_a_job_without_reading_the_log_again() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 30);
            var ids = office.broker.messages(Office.DLQ).stream().map(DeadLetter::id).toList();
            assertThat(groups(office, false))
                    .singleElement()
                    .satisfies(it -> assertThat(it.count()).isEqualTo(30));

            office.run(RedriveRequest.toOrigin(office.dlq(), new Scope.Ids(ids.subList(0, 12))));

            assertThat(groups(office, false))
                    .singleElement()
                    .satisfies(it -> assertThat(it.count()).isEqualTo(18));
            assertThat(groups(office, true))
                    .singleElement()
                    .satisfies(
                            it -> {
                                assertThat(it.count()).isEqualTo(30);
                                assertThat(it.returnedShare()).isZero();
                            });
            assertThat(
                            office.engine()
                                    .messages()
                                    .browse(BrowseRequest.newest(office.dlq(), 100))
                                    .messages())
                    .hasSize(18);
            assertThat(
                            office.engine()
                                    .messages()
                                    .count(office.dlq(), Filter.all(), null, false, _ -> {})
                                    .matched())
                    .isEqualTo(18);
        }
    }

    private static List<FailureGroup> groups(Office office, boolean includeResolved)
            throws Exception {
        return office.engine()
                .messages()
                .groups(office.dlq(), Filter.all(), includeResolved, _ -> {})
                .groups();
    }
}
