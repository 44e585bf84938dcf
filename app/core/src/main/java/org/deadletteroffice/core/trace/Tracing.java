package org.deadletteroffice.core.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.trace.Trace.Limits;
import org.deadletteroffice.core.trace.Trace.Place;
import org.deadletteroffice.core.trace.Trace.Step;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Follows one id, and the ids that messages with it have beside it, through the queues of all
/// brokers and the audit. Blocks; honours interruption. One search a call; calls may run at the
/// same time.
public final class Tracing {
    private static final int PAGE = 500;

    /// More belong to no one process: an id that everything bears was followed.
    private static final int MOST_IDS = 50;

    private static final Place MORE_IDS =
            new Place(
                    "",
                    "ids",
                    0,
                    0,
                    false,
                    "Messages that belong to it bear more than %s; the others were not followed."
                            .formatted(Numerals.of(MOST_IDS)));

    /// A saga tells its other ids in its first messages; a second look finds what bears those
    /// alone.
    private static final int LOOKS = 2;

    private final Profiles profiles;
    private final Brokers brokers;
    private final Messages messages;
    private final AuditTrail audit;

    public Tracing(Profiles profiles, Brokers brokers, Messages messages, AuditTrail audit) {
        this.profiles = profiles;
        this.brokers = brokers;
        this.messages = messages;
        this.audit = audit;
    }

    /// The ids of one message, to choose from.
    public List<Trace.Id> idsOf(MessageView message) {
        return TraceIds.of(message).entrySet().stream()
                .map(id -> new Trace.Id(id.getKey(), id.getValue()))
                .toList();
    }

    /// @param start ids to begin with, none empty
    /// @param costs told, once a queue, before messages are looked at where that does something to
    ///     them
    /// @param progress told after each page with what is known so far, and last with the result
    /// @throws BrokerException.Cancelled when the thread was interrupted; a broker that fails is a
    ///     place that was not looked at
    public Trace follow(
            List<String> start,
            Limits limits,
            BiConsumer<QueueRef, ObserverEffect> costs,
            Consumer<Trace> progress)
            throws OperatorException, BrokerException.Cancelled {
        var search = new Search(start, limits, costs, progress);
        for (int look = 0; look < LOOKS; look++) {
            if (!search.lookEverywhere()) {
                break;
            }
        }
        search.lookAtAudit();
        var trace = search.trace();
        progress.accept(trace);
        return trace;
    }

    private final class Search {
        private final Limits limits;
        private final BiConsumer<QueueRef, ObserverEffect> costs;
        private final Consumer<Trace> progress;
        private final Set<QueueRef> told = new HashSet<>();
        private final Map<String, String> ids = new LinkedHashMap<>();
        private final Map<String, Step> steps = new LinkedHashMap<>();
        private final Map<String, Place> places = new LinkedHashMap<>();

        /// That sent one of the messages.
        private final Set<String> jobs = new LinkedHashSet<>();

        Search(
                List<String> start,
                Limits limits,
                BiConsumer<QueueRef, ObserverEffect> costs,
                Consumer<Trace> progress) {
            this.limits = limits;
            this.costs = costs;
            this.progress = progress;
            start.forEach(id -> ids.put(id, "given"));
        }

        /// @return whether ids were found that were not looked for
        boolean lookEverywhere() throws OperatorException, BrokerException.Cancelled {
            var lookedFor = Set.copyOf(ids.keySet());
            var names =
                    limits.profiles().isEmpty()
                            ? profiles.all().stream().map(profile -> profile.name()).toList()
                            : limits.profiles();
            for (var name : names) {
                try {
                    for (var queue : brokers.queues(name)) {
                        look(queue);
                    }
                } catch (BrokerException.Cancelled stop) {
                    throw stop;
                } catch (BrokerException unreachable) {
                    place(new Place(name, null, 0, 0, false, unreachable.sentence()));
                }
            }
            return !lookedFor.equals(ids.keySet());
        }

        private void look(QueueInfo queue) throws OperatorException, BrokerException.Cancelled {
            var ref = queue.ref();
            try {
                var effect = brokers.capabilities(ref).observerEffect();
                var isFree = effect instanceof ObserverEffect.None;
                if (!isFree && !limits.holding()) {
                    place(
                            notRead(
                                    ref,
                                    "Looking there holds messages back or counts as a delivery; it"
                                            + " is left out unless asked for."));
                    return;
                }
                if (!isFree && told.add(ref)) {
                    costs.accept(ref, effect);
                }
                read(ref);
            } catch (BrokerException.Cancelled stop) {
                throw stop;
            } catch (BrokerException failed) {
                place(notRead(ref, failed.sentence()));
            } finally {
                messages.leave(ref);
            }
        }

        private static Place notRead(QueueRef ref, String why) {
            return new Place(ref.profile(), ref.name(), 0, 0, false, why);
        }

        /// Newest first, until what is older than asked for.
        private void read(QueueRef ref) throws OperatorException, BrokerException {
            Cursor from = Cursor.newest();
            long read = 0;
            while (true) {
                int some = (int) Math.min(PAGE, limits.mostRead() - read);
                if (some <= 0 || steps.size() >= limits.mostSteps()) {
                    place(stopped(ref, read));
                    return;
                }
                var page =
                        messages.browse(
                                new BrowseRequest(
                                        ref,
                                        from,
                                        Direction.OLDER,
                                        some,
                                        Filter.all(),
                                        null,
                                        true,
                                        some));
                boolean old = false;
                for (var message : page.messages()) {
                    if (steps.size() >= limits.mostSteps()) {
                        place(stopped(ref, read));
                        return;
                    }
                    read++;
                    old = isOld(message);
                    if (!old) {
                        take(ref, message);
                    }
                }
                boolean done = page.atEnd() || old || page.messages().isEmpty();
                place(new Place(ref.profile(), ref.name(), read, found(ref), done, ""));
                progress.accept(trace());
                if (done) {
                    return;
                }
                from = page.older();
            }
        }

        private Place stopped(QueueRef ref, long read) {
            var why =
                    steps.size() >= limits.mostSteps()
                            ? "Stopped at %s to it; narrow the time."
                                    .formatted(
                                            Numerals.of(
                                                    limits.mostSteps(),
                                                    "message that belongs",
                                                    "messages that belong"))
                            : "Stopped after the newest %s; older ones were not read."
                                    .formatted(Numerals.of(read));
            return new Place(ref.profile(), ref.name(), read, found(ref), false, why);
        }

        private boolean isOld(MessageView message) {
            var time = message.letter().timestamp();
            return time != null && time.isBefore(limits.since());
        }

        private void take(QueueRef ref, MessageView message) {
            var own = TraceIds.of(message);
            var by = common(own.keySet(), message);
            if (by == null) {
                return;
            }
            for (var id : own.entrySet()) {
                if (ids.size() < MOST_IDS) {
                    ids.putIfAbsent(id.getKey(), id.getValue());
                } else if (!ids.containsKey(id.getKey())) {
                    place(MORE_IDS);
                }
            }
            var job = message.fate().job();
            if (job != null) {
                jobs.add(job);
            }
            var failure = message.failure();
            var died = failure.latestDeath();
            var time = died != null ? died : message.letter().timestamp();
            steps.putIfAbsent(
                    ref + " " + message.letter().id(),
                    new Step(
                            time,
                            ref.profile(),
                            ref.name(),
                            message.letter().id(),
                            by,
                            failure.type() == null ? "Message" : "Dead: " + failure.type()));
        }

        /// The first of the followed ids that the message bears; what was typed may also be its
        /// key. Null where it bears none.
        private @Nullable String common(Set<String> own, MessageView message) {
            for (var id : ids.entrySet()) {
                if (own.contains(id.getKey())
                        || (id.getValue().equals("given") && isKey(id.getKey(), message))) {
                    return id.getKey();
                }
            }
            return null;
        }

        private static boolean isKey(String id, MessageView message) {
            var key = message.letter().key();
            return key != null
                    && new String(key, java.nio.charset.StandardCharsets.UTF_8).equals(id);
        }

        private long found(QueueRef ref) {
            return steps.values().stream()
                    .filter(
                            step ->
                                    ref.profile().equals(step.profile())
                                            && ref.name().equals(step.queue()))
                    .count();
        }

        private void place(Place place) {
            places.put(place.profile() + "\n" + place.queue(), place);
        }

        /// Acts that name one of the ids, and the jobs that sent one of the messages.
        void lookAtAudit() {
            var words = new LinkedHashSet<>(ids.keySet());
            words.addAll(jobs);
            var acts = new LinkedHashMap<Long, Step>();
            boolean whole = true;
            for (var word : words) {
                var rows = audit.list(limits.since(), word, null, PAGE);
                rows.forEach(row -> acts.putIfAbsent(row.number(), act(row, word)));
                whole &= rows.size() < PAGE;
            }
            acts.forEach((number, step) -> steps.put("audit " + number, step));
            var why =
                    whole
                            ? ""
                            : "Of acts that name one id, the newest %s were looked at; narrow the time."
                                    .formatted(Numerals.of(PAGE));
            place(new Place("", null, acts.size(), acts.size(), whole, why));
        }

        private static Step act(AuditRow row, String by) {
            var job = row.job() == null ? "" : ", job " + row.job();
            return new Step(
                    row.time(),
                    row.profile(),
                    row.queue(),
                    null,
                    by,
                    row.act() + " by " + row.operator() + job);
        }

        Trace trace() {
            var inOrder = new ArrayList<>(steps.values());
            inOrder.sort(
                    Comparator.comparing(
                            Step::time, Comparator.nullsLast(Comparator.<Instant>naturalOrder())));
            return new Trace(
                    ids.entrySet().stream()
                            .map(id -> new Trace.Id(id.getKey(), id.getValue()))
                            .toList(),
                    inOrder,
                    List.copyOf(places.values()),
                    places.values().stream().allMatch(Place::complete));
        }
    }
}
