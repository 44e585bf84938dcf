package org.deadletteroffice.core.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.edit.JqProgram;
import org.deadletteroffice.core.job.Prepared.Excluded;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.job.ScopeReader.Waiter;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Sends messages again: where to, changed how, with which headers.
final class RedrivePlan implements Plan {
    private final RedriveRequest request;
    private final ScopeRule scope;
    private final Causes causes;
    private final @Nullable HeaderBridge bridge;
    private final @Nullable JqProgram program;
    private final Overtaken overtaken;
    private final AtomicLong unknownToBeNewest = new AtomicLong();

    /// @throws OperatorException WRONG_USE when the filter or program is wrong, or the parts do not
    ///     fit together
    static RedrivePlan of(RedriveRequest request, Workshop workshop) throws OperatorException {
        check(request);
        return new RedrivePlan(
                request,
                ScopeRule.of(request.scope(), workshop.messages()),
                workshop.causes(),
                bridge(request, workshop.brokers()),
                program(request.change()),
                new Overtaken(workshop, request));
    }

    /// Null where source and destination are of one kind.
    private static @Nullable HeaderBridge bridge(RedriveRequest request, Brokers brokers)
            throws OperatorException {
        var other = request.destinationProfile();
        if (other == null) {
            return null;
        }
        var to = brokers.kind(other);
        return to.equals(brokers.kind(request.source().profile())) ? null : new HeaderBridge(to);
    }

    private static @Nullable JqProgram program(Change change) throws OperatorException {
        return switch (change) {
            case Change.Jq(var text) -> JqProgram.compile(text);
            case Change.Replace replace -> FindAndReplace.program(replace);
            case Change.None _, Change.Payload _ -> null;
        };
    }

    private RedrivePlan(
            RedriveRequest request,
            ScopeRule scope,
            Causes causes,
            @Nullable HeaderBridge bridge,
            @Nullable JqProgram program,
            Overtaken overtaken) {
        this.overtaken = overtaken;
        this.bridge = bridge;
        this.request = request;
        this.scope = scope;
        this.causes = causes;
        this.program = program;
    }

    private static void check(RedriveRequest request) throws OperatorException {
        var pace = request.pace();
        if (request.change() instanceof Change.Payload
                && !(request.scope() instanceof Scope.Ids(var ids) && ids.size() == 1)) {
            throw wrong(
                    "An edited payload is for one message.",
                    "Choose one message, or change many with a jq program.");
        }
        if (pace.perSecond() != null && !(pace.perSecond() > 0 && pace.perSecond() <= 1_000_000)) {
            throw wrong(
                    "The rate " + pace.perSecond() + " is none.",
                    "Give messages per second, above 0.");
        }
        if (pace.canary() != null
                && (pace.canary().first() < 1
                        || pace.canary().watch().isNegative()
                        || !(pace.canary().share() >= 0 && pace.canary().share() <= 1))) {
            throw wrong(
                    "The canary makes no sense.",
                    "Give how many go first (1 or more), how long to watch, and the share that may come back (0 to 1).");
        }
        var budget = pace.budget();
        var window = budget == null ? null : budget.window();
        if (budget != null
                && (budget.most() < 0
                        || (window != null
                                && (window <= budget.most()
                                        || window > Pace.ErrorBudget.LARGEST_WINDOW)))) {
            throw wrong(
                    "The error budget makes no sense.",
                    "Give how many messages may be refused (0 or more), of how many (more than that, at most 1,000,000).");
        }
        if (request.maxReturns() < 1) {
            throw wrong(
                    "A message cannot be poison before it came back once.",
                    "Give 1 or more returns.");
        }
    }

    private static OperatorException wrong(String sentence, String remedy) {
        return new OperatorException(Kind.WRONG_USE, sentence, remedy);
    }

    @Override
    public void look(Waiter waiter)
            throws OperatorException, BrokerException, InterruptedException {
        unknownToBeNewest.set(0);
        if (!request.includeOvertaken() && isWithinOneProfile()) {
            overtaken.look(waiter);
        }
    }

    /// What could not be found out of the messages prepared since the last [#look].
    List<String> notes() {
        var unknown = unknownToBeNewest.get();
        return unknown == 0
                ? List.of()
                : List.of(
                        "Of "
                                + Numerals.of(unknown, "message", "messages")
                                + " it is not known whether a newer one of the same key was consumed since:"
                                + " too much lies between.");
    }

    @Override
    public RedriveRequest request() {
        return request;
    }

    @Override
    public Pace pace() {
        return request.pace();
    }

    @Override
    public boolean sends() {
        return true;
    }

    @Override
    public boolean archives() {
        return true;
    }

    @Override
    public boolean readsQueue() {
        return true;
    }

    /// Whether the destination is the source itself, for every message.
    boolean isToItsSource() {
        return request.source().name().equals(request.destination()) && isWithinOneProfile();
    }

    @Override
    public String destinationProfile() {
        var other = request.destinationProfile();
        return other == null ? request.source().profile() : other;
    }

    private boolean isWithinOneProfile() {
        return destinationProfile().equals(request.source().profile());
    }

    @Override
    public boolean isInScope(DeadLetter letter, Known known) {
        return scope.means(letter, known, request.includeResolved());
    }

    @Override
    public MessageView view(DeadLetter letter) {
        return scope.view(letter);
    }

    @Override
    public List<String> droppedHeaders(DeadLetter letter) {
        return request.headers().keepFailureHeaders()
                ? List.of()
                : List.copyOf(causes.failureHeaders(letter.headers()));
    }

    @Override
    public Prepared prepare(DeadLetter letter, Known known) {
        if (letter.corrupt() != null) {
            return new Excluded(letter, "the broker's client cannot read it whole");
        }
        if (known.resolvedBy() != null && !request.includeResolved()) {
            return new Excluded(
                    letter, "it was redriven already; include resolved messages to send it again");
        }
        if (known.claimedBy() != null) {
            return new Excluded(letter, claimed(known.claimedBy()));
        }
        var redriven = RedriveHeaders.count(letter.headers());
        var returns = Math.max(redriven, known.returns());
        if (returns >= request.maxReturns()) {
            return new Excluded(
                    letter,
                    "it came back "
                            + (returns == 1 ? "once" : returns + " times")
                            + " after a redrive (poison)");
        }
        var failure = causes.read(letter);
        var destination =
                request.destination() == null ? failure.origin().queue() : request.destination();
        if (destination == null || destination.isEmpty()) {
            return new Excluded(letter, "it does not say where it came from; choose a destination");
        }
        if (request.destination() == null
                && isAddress(destination)
                && !destination.equals(letter.failure().origin().queue())) {
            return new Excluded(
                    letter,
                    "only the message itself says that it came from an address; choose a destination");
        }
        if (destination.equals(request.source().name())
                && isWithinOneProfile()
                && !request.forced()) {
            return new Excluded(letter, "its origin is the queue in which it lies");
        }
        if (!request.includeOvertaken()
                && isWithinOneProfile()
                && destination.equals(failure.origin().queue())) {
            switch (overtaken.of(letter, failure)) {
                case OVERTAKEN -> {
                    return new Excluded(letter, Overtaken.REASON);
                }
                case UNKNOWN -> unknownToBeNewest.incrementAndGet();
                case NEWEST -> {}
            }
        }
        return ready(letter, destination, failure.origin().partition(), redriven);
    }

    /// What is more than a name among the broker's own: whoever could write into the queue would
    /// choose what is called with the operator's rights.
    private static boolean isAddress(String destination) {
        return destination.startsWith("arn:") || destination.contains("://");
    }

    static String claimed(String job) {
        return "the job " + job + ", which has not ended, has it too";
    }

    @Override
    public Prepared ready(DeadLetter letter, String destination) {
        return ready(
                letter,
                destination,
                causes.read(letter).origin().partition(),
                RedriveHeaders.count(letter.headers()));
    }

    /// @param partition of the origin
    /// @param redriven how often before
    private Prepared ready(
            DeadLetter letter, String destination, @Nullable Integer partition, int redriven) {
        byte @Nullable [] payload;
        try {
            payload = payload(letter);
        } catch (EditException failed) {
            return new Excluded(letter, "the change failed on it: " + failed.getMessage());
        }
        return new Ready(
                letter,
                destination,
                // The partition of the origin means nothing to another queue.
                request.destination() == null ? partition : null,
                request.replaceKey() == null ? letter.key() : request.replaceKey(),
                payload,
                headers(letter.headers()),
                request.headers().keepTimestamp() ? letter.timestamp() : null,
                redriven);
    }

    private byte @Nullable [] payload(DeadLetter letter) throws EditException {
        return switch (request.change()) {
            case Change.None _ -> letter.payload();
            case Change.Payload(var bytes) -> bytes;
            case Change.Jq _, Change.Replace _ ->
                    Objects.requireNonNull(program).apply(view(letter));
        };
    }

    private Headers headers(Headers original) {
        var dropped =
                // A list: there are a handful, and this is asked for every message.
                request.headers().keepFailureHeaders()
                        ? List.<String>of()
                        : causes.failureHeaders(original);
        var headers =
                original.without(
                        header -> dropped.contains(header.name()) || RedriveHeaders.isOne(header));
        if (bridge != null) {
            headers = bridge.across(headers);
        }
        for (var edit : request.headers().edits()) {
            headers =
                    switch (edit) {
                        case HeaderEdit.Drop(var name) ->
                                headers.without(header -> header.name().equals(name));
                        case HeaderEdit.Set(var name, var value) ->
                                replaced(headers, Header.of(name, value));
                        case HeaderEdit.Replace replace -> replaced(headers, replace);
                    };
        }
        return headers;
    }

    private static Headers replaced(Headers headers, HeaderEdit.Replace replace) {
        return new Headers(
                headers.all().stream()
                        .map(
                                header ->
                                        header.name().equals(replace.name())
                                                ? replaced(header, replace)
                                                : header)
                        .toList());
    }

    private static Header replaced(Header header, HeaderEdit.Replace replace) {
        var value = header.value();
        var text = header.text();
        if (value == null
                || text == null
                || !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value)) {
            return header;
        }
        return Header.of(header.name(), text.replace(replace.find(), replace.by()));
    }

    private static Headers replaced(Headers headers, Header by) {
        var result = new ArrayList<Header>();
        var placed = false;
        for (var header : headers) {
            if (!header.name().equals(by.name())) {
                result.add(header);
            } else if (!placed) {
                result.add(by);
                placed = true;
            }
        }
        if (!placed) {
            result.add(by);
        }
        return new Headers(result);
    }
}
