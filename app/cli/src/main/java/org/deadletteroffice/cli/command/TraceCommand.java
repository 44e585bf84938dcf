package org.deadletteroffice.cli.command;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.trace.Trace;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dlo trace`
@Command(
        name = "trace",
        description =
                "Follow an id through all brokers and the audit: correlation, trace, event and"
                        + " causation ids, and keys.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo trace 4bf92f3577b34da6a3ce929d0e0e4736",
            "  dlo trace --queue orders.DLT --message 0-17 -p prod --since 2h",
            "  dlo trace order-4711 --output json | jq '.steps[] | [.time, .queue, .sentence]'"
        })
public final class TraceCommand implements Callable<Integer> {
    private final Session session;
    private final LookingCost looking;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "What to follow.")
    private List<String> ids = List.of();

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "PROFILE",
            description = "Only this broker; else all.")
    private @Nullable String profile;

    @Option(
            names = "--queue",
            paramLabel = "QUEUE",
            description = "Follow the ids of a message of this queue; needs --message and -p.")
    private @Nullable String queue;

    @Option(names = "--message", paramLabel = "ID", description = "That message.")
    private @Nullable String message;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1d",
            description = "How far back (default: ${DEFAULT-VALUE}): 2h, 3d, or a time.")
    private String since = "";

    @Option(
            names = "--max-read",
            paramLabel = "N",
            defaultValue = "20000",
            description = "At most so many messages of each queue (default: ${DEFAULT-VALUE}).")
    private long mostRead;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many that belong to it (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--holding",
            description = "Also queues where looking holds messages or counts as a delivery.")
    private boolean holding;

    public TraceCommand(Session session) {
        this.session = session;
        looking = new LookingCost(session);
    }

    @Override
    public Integer call() throws Exception {
        var start = start();
        if (mostRead < 1 || limit < 1) {
            throw wrong("--max-read and --limit are at least 1.", "Give 1 or more.");
        }
        if (profile != null) {
            session.engine().profiles().get(profile);
        }
        var limits =
                new Trace.Limits(
                        profile == null || queue != null ? List.of() : List.of(profile),
                        Times.parse(since, Clock.systemUTC()),
                        mostRead,
                        limit,
                        holding);
        try (var progress = session.progress()) {
            var trace =
                    session.engine()
                            .tracing()
                            .follow(
                                    start,
                                    limits,
                                    (queue, effect) -> {
                                        progress.close();
                                        looking.tell(queue, effect);
                                    },
                                    soFar -> progress.update(words(soFar)));
            progress.close();
            print(trace);
            return (trace.complete() ? ExitCode.DONE : ExitCode.IN_PART).number();
        }
    }

    private List<String> start() throws OperatorException, BrokerException {
        if (queue == null && message == null) {
            if (ids.isEmpty() || ids.stream().anyMatch(String::isBlank)) {
                throw wrong("There is nothing to follow.", "Give an id, or --queue and --message.");
            }
            return ids;
        }
        if (queue == null || message == null || !ids.isEmpty()) {
            throw wrong(
                    "--queue and --message belong together, and need no id beside them.",
                    "Give an id, or --queue and --message.");
        }
        var broker = Names.profile(session, profile).name();
        var ref = session.engine().brokers().queue(broker, queue).ref();
        looking.tell(ref);
        var found = session.engine().messages().find(ref, new MessageId(message));
        if (found.isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.NOT_FOUND,
                    "There is no message '" + message + "' in " + ref + ".",
                    "List them with: dlo browse " + queue + " -p " + broker);
        }
        var own = session.engine().tracing().idsOf(found.get()).stream().map(Trace.Id::id).toList();
        if (own.isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.NOT_FOUND,
                    "That message bears no correlation, trace, event or causation id.",
                    "Follow its key, or any id that you know: dlo trace ID.");
        }
        return own;
    }

    private static OperatorException wrong(String sentence, String remedy) {
        return new OperatorException(OperatorException.Kind.WRONG_USE, sentence, remedy);
    }

    private static String words(Trace trace) {
        long read = trace.places().stream().mapToLong(Trace.Place::read).sum();
        return "%s found, %s read in %s"
                .formatted(
                        Numerals.of(trace.steps().size()),
                        Numerals.of(read),
                        Numerals.of(trace.places().size(), "place", "places"));
    }

    private void print(Trace trace) {
        var output = session.output();
        if (!output.isTable()) {
            output.object(json(trace), () -> "");
            return;
        }
        var table =
                new Table<Trace.Step>()
                        .left("TIME", step -> Text.instant(step.time()))
                        .left("PROFILE", Trace.Step::profile)
                        .left("QUEUE", Trace.Step::queue)
                        .left("ID", Trace.Step::message)
                        .left("WHAT", Trace.Step::sentence)
                        .left("BY", Trace.Step::by);
        output.list(trace.steps(), TraceCommand::json, table, "Nothing bears it.");
        session.say(words(trace) + ".");
        for (var place : trace.places()) {
            if (!place.complete() && !place.sentence().isEmpty()) {
                session.say(Table.plain(name(place) + ": " + place.sentence()));
            }
        }
    }

    private static String name(Trace.Place place) {
        if (place.profile().isEmpty()) {
            return place.queue() == null ? "audit" : place.queue();
        }
        return place.queue() == null ? place.profile() : place.profile() + "/" + place.queue();
    }

    private static Map<String, @Nullable Object> json(Trace trace) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("complete", trace.complete());
        json.put(
                "ids",
                trace.ids().stream().map(id -> Map.of("id", id.id(), "what", id.what())).toList());
        json.put("steps", trace.steps().stream().map(TraceCommand::json).toList());
        json.put("places", trace.places().stream().map(TraceCommand::json).toList());
        return json;
    }

    private static Map<String, Object> json(Trace.Step step) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("time", step.time());
        json.put("profile", step.profile());
        json.put("queue", step.queue());
        json.put("message", step.message());
        json.put("by", step.by());
        json.put("sentence", step.sentence());
        return json;
    }

    private static Map<String, Object> json(Trace.Place place) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("profile", place.profile());
        json.put("queue", place.queue());
        json.put("read", place.read());
        json.put("found", place.found());
        json.put("complete", place.complete());
        json.put("sentence", place.sentence());
        return json;
    }
}
