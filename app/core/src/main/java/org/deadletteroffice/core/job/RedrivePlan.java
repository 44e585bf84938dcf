package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.edit.JqProgram;
import org.deadletteroffice.core.job.Prepared.Excluded;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.query.FilterException;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// A request made ready to be applied to messages, one by one. Gives the same for the same message
/// every time, so that a resumed job sends what the interrupted one would have sent. Thread-safe.
final class Plan {
    private final RedriveRequest request;
    private final Messages messages;
    private final Causes causes;
    private final Filter filter;
    private final @Nullable JqProgram program;

    /// @throws OperatorException WRONG_USE when the filter or program is wrong, or the parts do not
    ///     fit together
    static Plan of(RedriveRequest request, Messages messages, Causes causes)
            throws OperatorException {
        check(request);
        return new Plan(
                request,
                messages,
                causes,
                request.scope() instanceof Scope.Matching(var text) ? filter(text) : Filter.all(),
                request.change() instanceof Change.Jq(var text) ? JqProgram.compile(text) : null);
    }

    private Plan(
            RedriveRequest request,
            Messages messages,
            Causes causes,
            Filter filter,
            @Nullable JqProgram program) {
        this.request = request;
        this.messages = messages;
        this.causes = causes;
        this.filter = filter;
        this.program = program;
    }

    private static Filter filter(String text) throws FilterException {
        return Filter.parse(text);
    }

    private static void check(RedriveRequest request) throws OperatorException {
        var pace = request.pace();
        if (request.scope() instanceof Scope.Ids(var ids) && ids.isEmpty()) {
            throw wrong("No message is chosen.", "Choose at least one.");
        }
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
        if (request.maxReturns() < 1) {
            throw wrong(
                    "A message cannot be poison before it came back once.",
                    "Give 1 or more returns.");
        }
    }

    private static OperatorException wrong(String sentence, String remedy) {
        return new OperatorException(Kind.WRONG_USE, sentence, remedy);
    }

    RedriveRequest request() {
        return request;
    }

    /// Whether the destination is the source itself, for every message.
    boolean isToItsSource() {
        return request.source().name().equals(request.destination()) && isWithinOneProfile();
    }

    String destinationProfile() {
        var other = request.destinationProfile();
        return other == null ? request.source().profile() : other;
    }

    private boolean isWithinOneProfile() {
        return destinationProfile().equals(request.source().profile());
    }

    /// Whether the scope means this message.
    boolean isInScope(DeadLetter letter, Known known) {
        var chosen = request.scope() instanceof Scope.Ids;
        // What was redriven already is not shown by default, and so was not meant unless chosen by
        // name.
        if (!chosen && !request.includeResolved() && known.resolvedBy() != null) {
            return false;
        }
        return switch (request.scope()) {
            case Scope.All _, Scope.Ids _ -> true;
            case Scope.GroupOf(var fingerprint) -> view(letter).fingerprint().equals(fingerprint);
            case Scope.Matching _ -> filter.isAll() || filter.matches(view(letter));
        };
    }

    MessageView view(DeadLetter letter) {
        return messages.view(letter, null);
    }

    Prepared prepare(DeadLetter letter, Known known) {
        if (letter.corrupt() != null) {
            return new Excluded(letter, "the broker's client cannot read it whole");
        }
        if (known.resolvedBy() != null && !request.includeResolved()) {
            return new Excluded(
                    letter, "it was redriven already; include resolved messages to send it again");
        }
        if (known.claimedBy() != null) {
            return new Excluded(
                    letter, "the job " + known.claimedBy() + ", which has not ended, has it too");
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
        if (destination.equals(request.source().name())
                && isWithinOneProfile()
                && !request.forced()) {
            return new Excluded(letter, "its origin is the queue in which it lies");
        }
        return ready(letter, destination);
    }

    /// As [#prepare], for a message that was planned before to go to `destination`.
    Prepared ready(DeadLetter letter, String destination) {
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
                request.destination() == null ? causes.read(letter).origin().partition() : null,
                request.replaceKey() == null ? letter.key() : request.replaceKey(),
                payload,
                headers(letter.headers()),
                request.keepTimestamp() ? letter.timestamp() : null,
                RedriveHeaders.count(letter.headers()));
    }

    private byte @Nullable [] payload(DeadLetter letter) throws EditException {
        return switch (request.change()) {
            case Change.None _ -> letter.payload();
            case Change.Payload(var bytes) -> bytes;
            case Change.Jq _ -> java.util.Objects.requireNonNull(program).apply(view(letter));
        };
    }

    private Headers headers(Headers original) {
        var dropped = new LinkedHashSet<String>();
        if (!request.keepFailureHeaders()) {
            dropped.addAll(causes.failureHeaders(original));
        }
        var headers =
                original.without(
                        header -> dropped.contains(header.name()) || RedriveHeaders.isOne(header));
        for (var edit : request.headerEdits()) {
            headers =
                    switch (edit) {
                        case HeaderEdit.Drop(var name) ->
                                headers.without(header -> header.name().equals(name));
                        case HeaderEdit.Set(var name, var value) ->
                                replaced(headers, Header.of(name, value));
                    };
        }
        return headers;
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
