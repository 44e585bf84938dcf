package org.deadletteroffice.cli.command;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Json;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Trouble;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.ViewPage;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.query.Period;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo browse`
@Command(
        name = "browse",
        description = "List messages of a queue. Looking never changes the queue.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo browse orders.DLT -p prod",
            "  dlo browse orders.DLT -p prod --where 'cause.type.endsWith(\"TimeoutException\")'",
            "  dlo browse orders.DLT -p prod --from 2h --limit 500 --output jsonl",
            "  dlo browse orders.DLT -p prod --from 2026-01-31T08:00:00Z --to 2026-01-31T09:00:00Z",
            "  dlo browse orders.DLT -p prod --from \"$(jq -r .nextCursor page.json)\""
        })
public final class BrowseCommand extends QueueCommand {
    /// What one page of the engine holds at most.
    private static final int PAGE = 200;

    @Option(
            names = {"-w", "--where"},
            paramLabel = "CEL",
            defaultValue = "",
            description = "Only messages that match: a CEL expression or plain words.")
    private String where = "";

    @Option(
            names = {"-g", "--group"},
            paramLabel = "FP",
            description = "Only messages of this failure group.")
    private @Nullable String group;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            defaultValue = "newest",
            description =
                    "newest (going back in time, the default), oldest, a time (2026-01-31T08:00:00Z,"
                            + " or how long ago: 2h), id:ID, or a nextCursor.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "Only messages that died before this time (2026-01-31T09:00:00Z, or how long"
                            + " ago: 1h); with --from a time, the period between the two.")
    private @Nullable String to;

    @Option(
            names = "--max-read",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "Stop after looking at so many messages (default: ${DEFAULT-VALUE}); the answer"
                            + " then says so.")
    private long maxRead;

    @Option(names = "--include-resolved", description = "Also those that were redriven already.")
    private boolean includeResolved;

    public BrowseCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE, "--limit is less than 1.", "Give 1 or more.");
        }
        var filter = engine().filters().parse(meant());
        var queue = info();
        looking.tell(queue.ref());
        // The first page comes before the first byte: an error then is an error document.
        var pages = new Pages(queue, Place.parse(from, Clock.systemUTC()), filter);
        return switch (session.output().format()) {
            case TABLE -> table(pages);
            case JSON -> document(pages);
            case JSONL -> lines(pages);
        };
    }

    /// The filter, within the period that `--to` ends.
    private String meant() throws OperatorException {
        if (to == null) {
            return where;
        }
        var clock = Clock.systemUTC();
        var begin = Place.parse(from, clock).cursor() instanceof Cursor.At(var time) ? time : null;
        var text = engine().filters().text(where);
        var period = Filter.parse(text).period().and(new Period(begin, Times.parse(to, clock)));
        if (period.isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "The period ends at %s, before it begins at %s."
                            .formatted(period.to(), period.from()),
                    "Give --to a later time than --from, within what --where says.");
        }
        return Period.within(text, period);
    }

    private int table(Pages pages) throws Exception {
        var rows = new ArrayList<MessageView>(pages.page.messages());
        while (pages.hasNext()) {
            pages.next();
            rows.addAll(pages.page.messages());
        }
        session.output()
                .list(rows, pages::json, Messages.table(pages.queue), "No messages that match.");
        tellWhatIsLeft(pages);
        return ExitCode.DONE.number();
    }

    private int lines(Pages pages) throws Exception {
        pages.page.messages().forEach(view -> session.output().line(pages.json(view)));
        while (pages.hasNext()) {
            pages.next();
            pages.page.messages().forEach(view -> session.output().line(pages.json(view)));
        }
        tellWhatIsLeft(pages);
        return ExitCode.DONE.number();
    }

    /// Written as it is read, so that a long list needs no memory. What fails on a later page ends
    /// the document in good order, with an `error` in it.
    private int document(Pages pages) {
        Trouble trouble = null;
        try (var json = new Json(session.output().stream(), true)) {
            json.startObject();
            json.name("messages");
            json.startArray();
            try {
                pages.page.messages().forEach(view -> json.value(pages.json(view)));
                while (pages.hasNext()) {
                    pages.next();
                    pages.page.messages().forEach(view -> json.value(pages.json(view)));
                }
            } catch (OperatorException | BrokerException e) {
                trouble = Trouble.of(e);
            }
            json.endArray();
            json.name("nextCursor");
            json.value(pages.nextCursor());
            json.name("completeness");
            json.value(Messages.json(pages.completeness()));
            if (trouble != null) {
                json.name("error");
                json.value(trouble.json());
            }
            json.endObject();
        }
        session.output().text("\n");
        if (trouble == null) {
            return ExitCode.DONE.number();
        }
        session.say(trouble.message() + " " + trouble.remedy());
        return ExitCode.IN_PART.number();
    }

    private void tellWhatIsLeft(Pages pages) {
        Text.limits(pages.completeness()).ifPresent(session::say);
        var next = pages.nextCursor();
        if (next != null) {
            session.say("There are more: --from " + next);
        }
    }

    /// Pages of the engine until the limit is reached. Making it reads the first page.
    private final class Pages {
        private final QueueInfo queue;
        private final Filter filter;
        private final Direction direction;
        private ViewPage page;
        private int left;
        private long read;
        private long millis;

        Pages(QueueInfo queue, Place place, Filter filter) throws Exception {
            this.queue = queue;
            this.filter = filter;
            this.direction = place.direction();
            this.left = limit;
            page = read(place.cursor());
            count();
        }

        Map<String, Object> json(MessageView view) {
            return Messages.json(view, queue);
        }

        boolean hasNext() {
            return left > 0 && read < maxRead && !page.atEnd();
        }

        void next() throws OperatorException, BrokerException {
            page = read(onward());
            count();
        }

        private ViewPage read(Cursor cursor) throws OperatorException, BrokerException {
            var request =
                    new BrowseRequest(
                            queue.ref(),
                            cursor,
                            direction,
                            Math.min(left, PAGE),
                            filter,
                            group,
                            includeResolved,
                            maxRead - read);
            return engine().messages().browse(request);
        }

        private void count() {
            left -= page.messages().size();
            read += Math.max(page.completeness().read(), page.messages().size());
            millis += page.completeness().millis();
        }

        private Cursor onward() {
            return switch (direction) {
                case OLDER -> page.older();
                case NEWER -> page.newer();
            };
        }

        @Nullable String nextCursor() {
            return page.atEnd() ? null : new Place(onward(), direction).text();
        }

        /// Of all pages together.
        Completeness completeness() {
            var last = page.completeness();
            return new Completeness(
                    read, limit - left, last.total(), last.complete(), last.sentence(), millis);
        }
    }
}
