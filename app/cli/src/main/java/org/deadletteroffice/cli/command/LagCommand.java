package org.deadletteroffice.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo lag`
@Command(
        name = "lag",
        description = "List consumers: how far behind they are, how fast they read.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo lag",
            "  dlo lag -p prod --window 5s",
            "  dlo lag --output json | jq 'max_by(.lag)'"
        })
public final class LagCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "PROFILE",
            description = "Only this broker; else all.")
    private @Nullable String profile;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "1s",
            description =
                    "How long to watch for rates that the broker does not tell (default:"
                            + " ${DEFAULT-VALUE}); 0s to leave them out.")
    private Duration window = Duration.ZERO;

    public LagCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        var table =
                new Table<Row>()
                        .left("PROFILE", row -> row.profile)
                        .left("CONSUMER", row -> row.consumer.group())
                        .left("QUEUE", row -> row.consumer.queue().name())
                        .right("LAG", row -> row.consumer.lag())
                        .right("READS/S", row -> Text.rate(row.consumer.rate()))
                        .right("GROWS/S", row -> Text.rate(row.consumer.growth()))
                        .right("CLEAR IN", row -> Text.duration(row.clearIn()))
                        .left("STATE", row -> row.consumer.state())
                        .right("MEMBERS", row -> row.consumer.members())
                        .left(
                                "NOTE",
                                row -> row.consumer.note() == null ? "" : row.consumer.note());
        return Survey.of(session, profile, this::rows)
                .print(LagCommand::json, table, "There are no consumers.")
                .number();
    }

    private List<Row> rows(String name) throws OperatorException, BrokerException {
        return session.engine().brokers().consumers(name, window).stream()
                .map(consumer -> new Row(name, consumer))
                .toList();
    }

    private record Row(String profile, ConsumerInfo consumer) {
        /// At the present speed; null while the lag does not shrink or nothing is known.
        @Nullable Duration clearIn() {
            var lag = consumer.lag();
            var growth = consumer.growth();
            if (lag == null) {
                return null;
            }
            if (lag == 0) {
                return Duration.ZERO;
            }
            return growth == null || growth >= 0
                    ? null
                    : Duration.ofMillis((long) (lag / -growth * 1000));
        }
    }

    private static Map<String, Object> json(Row row) {
        var consumer = row.consumer;
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("profile", row.profile);
        json.put("consumer", consumer.group());
        json.put("kind", consumer.kind());
        json.put("queue", consumer.queue().name());
        json.put("lag", consumer.lag());
        json.put("rate", consumer.rate());
        json.put("growth", consumer.growth());
        json.put("clearInMs", row.clearIn());
        json.put("state", consumer.state());
        json.put("members", consumer.members());
        json.put("partitions", consumer.partitions().stream().map(LagCommand::json).toList());
        json.put("note", consumer.note());
        return json;
    }

    private static Map<String, Object> json(ConsumerInfo.PartitionLag partition) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("partition", partition.partition());
        json.put("committed", partition.committed());
        json.put("end", partition.end());
        json.put("lag", partition.lag());
        json.put("member", partition.member());
        return json;
    }
}
