package org.deadletteroffice.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.Json;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.cli.Trouble;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo queues`
@Command(
        name = "queues",
        description = "List queues: where dead letters lie, how many, how old, what feeds them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo queues",
            "  dlo queues -p prod --dead-letters",
            "  dlo queues --output json | jq '.[] | select(.role == \"deadLetter\" and .depth > 0)'"
        })
public final class QueuesCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "PROFILE",
            description = "Only this broker; else all.")
    private @Nullable String profile;

    @Option(
            names = {"-d", "--dead-letters"},
            description = "Only dead-letter queues.")
    private boolean deadLetters;

    public QueuesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        var table =
                new Table<Row>()
                        .left("PROFILE", row -> row.queue.ref().profile())
                        .left("QUEUE", row -> row.queue.ref().name())
                        .left("ROLE", row -> Text.words(row.queue.role()))
                        .right("DEPTH", row -> Text.count(row.queue.depth()))
                        .right("SIZE", row -> Text.bytes(row.queue.bytes()))
                        .left("OLDEST", row -> Text.instant(row.queue.oldest()))
                        .right("IN/S", row -> Text.rate(row.queue.inRate()))
                        .right("OUT/S", row -> Text.rate(row.queue.outRate()))
                        .left("FED BY", row -> String.join(", ", row.queue.feeds()));
        return Survey.of(session, profile, this::rows)
                .print(QueuesCommand::json, table, "There are no such queues.")
                .number();
    }

    private List<Row> rows(String name) throws OperatorException, BrokerException {
        var queues = session.engine().brokers().queues(name);
        // A question for each queue, of which a table shows nothing.
        var asker = session.output().isTable() ? null : new Asker(name);
        var rows = new ArrayList<Row>();
        for (var queue : queues) {
            if (!deadLetters || queue.role() == QueueRole.DEAD_LETTER) {
                rows.add(asker == null ? new Row(queue, null, null) : asker.row(queue));
            }
        }
        return rows;
    }

    /// @param trouble why it is not known what can be done with the queue
    private record Row(
            QueueInfo queue, @Nullable Capabilities capabilities, @Nullable Trouble trouble) {}

    /// Asks what can be done with one queue after the other. One that was deleted since it was
    /// listed, or whose node is down, hides no other.
    private final class Asker {
        private final String profile;
        private boolean brokerAnswers;

        private Asker(String profile) {
            this.profile = profile;
        }

        private Row row(QueueInfo queue) throws OperatorException, BrokerException {
            var brokers = session.engine().brokers();
            try {
                return new Row(queue, brokers.capabilities(queue.ref()), null);
            } catch (BrokerException.Cancelled stop) {
                throw stop;
            } catch (BrokerException.Unreachable silent) {
                if (!brokerAnswers) {
                    // Else each queue would be waited for.
                    var _ = brokers.queues(profile);
                    brokerAnswers = true;
                }
                return new Row(queue, null, Trouble.of(silent));
            } catch (BrokerException refused) {
                return new Row(queue, null, Trouble.of(refused));
            }
        }
    }

    private static Map<String, Object> json(Row row) {
        var queue = row.queue;
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("profile", queue.ref().profile());
        json.put("queue", queue.ref().name());
        json.put("kind", Json.camel(queue.ref().kind()));
        json.put("role", Json.camel(queue.role()));
        json.put("depth", queue.depth().value());
        json.put("depthPrecision", Json.camel(queue.depth().precision()));
        var shares = queue.shares();
        if (shares != null) {
            json.put("ready", shares.ready());
            json.put("held", shares.held());
            json.put("delayed", shares.delayed());
        }
        json.put("bytes", queue.bytes());
        json.put("oldest", queue.oldest());
        json.put("feeds", queue.feeds());
        json.put("ways", queue.ways().stream().map(QueuesCommand::way).toList());
        json.put("inRate", queue.inRate());
        json.put("outRate", queue.outRate());
        json.put("partitions", queue.partitions());
        json.put("vanishesAfterMs", queue.vanishesAfter());
        var capabilities = row.capabilities;
        json.put("capabilities", capabilities == null ? null : names(capabilities));
        json.put("guarantee", capabilities == null ? null : capabilities.guarantee());
        json.put(
                "observerEffect",
                capabilities == null ? null : effect(capabilities.observerEffect()));
        if (row.trouble != null) {
            json.put("error", row.trouble.json());
        }
        return json;
    }

    private static Map<String, @Nullable Object> way(QueueInfo.Way way) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("from", way.from());
        json.put("exchange", way.exchange());
        json.put("key", way.key());
        return json;
    }

    private static List<String> names(Capabilities capabilities) {
        var names = new ArrayList<String>();
        addIf(names, "pageBackwards", capabilities.pageBackwards());
        addIf(names, "seekByTime", capabilities.seekByTime());
        addIf(names, "seekById", capabilities.seekById());
        addIf(names, "removeOne", capabilities.removeOne());
        addIf(names, "keepsMessages", capabilities.keepsMessages());
        addIf(names, "purge", capabilities.purge());
        addIf(names, "moveOnServer", capabilities.moveOnServer());
        addIf(names, "ordered", capabilities.ordered());
        return names;
    }

    private static void addIf(List<String> names, String name, boolean has) {
        if (has) {
            names.add(name);
        }
    }

    private static String effect(ObserverEffect effect) {
        return switch (effect) {
            case ObserverEffect.None() -> "none";
            case ObserverEffect.CountsDelivery _ -> "countsDelivery";
            case ObserverEffect.MarksRedelivered _ -> "marksRedelivered";
            case ObserverEffect.MayCountDelivery _ -> "mayCountDelivery";
            case ObserverEffect.HidesFor _ -> "hides";
            case ObserverEffect.HidesAndCounts _ -> "hidesAndCounts";
        };
    }
}
