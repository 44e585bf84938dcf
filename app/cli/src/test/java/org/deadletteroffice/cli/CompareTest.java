package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `dlo compare`
class CompareTest extends OnMemory {
    @BeforeEach
    void die() {
        memory.withDeadOrders(3);
    }

    @Test
    void tells_line_by_line_what_differs_from_another_message() {
        var told = dlo.run("compare", "orders.DLT", "0-0", "--with", "0-1");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out())
                .contains("\"kind\": \"removed\"", "\"kind\": \"added\"", "\"with\": {");
    }

    @Test
    void where_nothing_succeeded_it_says_so_and_what_to_do() {
        var told = dlo.run("compare", "orders.DLT", "0-0");
        assertThat(told.exit()).isEqualTo(5);
        assertThat(told.err()).contains("--with ID");
    }
}
