package org.deadletteroffice.desktop.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.time.Clock;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.Test;

class CompareModelTest extends OnWorkbench {
    private CompareModel of(String left, String right) throws Exception {
        var queue = bench.queue(Workbench.PROFILE, ORDERS_DLT);
        var messages = bench.engine().messages();
        return new CompareModel(
                bench.desk(),
                Clock.systemUTC(),
                new Sheet.Compare(
                        messages.find(queue, new MessageId(left)).orElseThrow(),
                        messages.find(queue, new MessageId(right)).orElseThrow()));
    }

    @Test
    void sets_side_by_side_what_differs() throws Exception {
        var model = of("0-0", "0-21");
        assertThat(model.pairs())
                .contains(
                        new Pair(Pair.Kind.SAME, "{", "{"),
                        new Pair(Pair.Kind.DIFFERENT, "  \"orderId\": 0,", "  \"orderId\": 21,"));
        assertThat(model.summaryProperty().get()).isEqualTo("2 lines differ");
        assertThat(model.leftTitle()).startsWith("0-0 · order-0");
    }

    @Test
    void compares_headers_and_failures_too() throws Exception {
        var model = of("0-0", "0-21");
        model.partProperty().set(CompareModel.Part.HEADERS);
        assertThat(model.pairs())
                .contains(new Pair(Pair.Kind.DIFFERENT, "key: order-0", "key: order-21"));
        model.partProperty().set(CompareModel.Part.FAILURE);
        assertThat(model.pairs())
                .contains(
                        new Pair(
                                Pair.Kind.DIFFERENT,
                                "message: No stock for SKU 1000",
                                "message: No stock for SKU 1021"));
    }

    @Test
    void what_is_alike_is_said_to_be() throws Exception {
        var model = of("0-0", "0-0");
        assertThat(model.pairs()).isEmpty();
        assertThat(model.summaryProperty().get()).isEqualTo("No difference");
    }
}
