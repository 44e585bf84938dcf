package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.claim.ClaimCheck;
import org.deadletteroffice.core.claim.ClaimCheck.AtUrl;
import org.deadletteroffice.core.claim.ClaimCheck.InS3;
import org.deadletteroffice.core.claim.ClaimCheck.Place;
import org.deadletteroffice.core.claim.ClaimCheck.Unnamed;
import org.deadletteroffice.core.claim.ClaimChecks;
import org.deadletteroffice.core.claim.Claims;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.spi.connector.ObjectStore.Facts;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Looks for the payloads that the messages of a plan point to. Only the profile's own store and
/// the hosts that it names are asked: a rehearsal must not make this machine call on whomever a
/// message names.
final class ClaimTally {
    /// Objects that are asked for; a rehearsal is no inventory.
    static final int MOST = 1_000;

    private static final int AT_ONCE = 16;

    private final RedrivePlan plan;
    private final Claims claims;
    private final Map<Place, Pointed> asked = new LinkedHashMap<>();
    private final Exclusions findings = new Exclusions();
    private long present;
    private long missing;
    private long unknown;

    private static final class Pointed {
        private final ClaimCheck claim;
        private final List<MessageId> examples = new ArrayList<>();
        private long count;

        Pointed(ClaimCheck claim) {
            this.claim = claim;
        }

        void by(MessageId id) {
            count++;
            if (examples.size() < Exclusions.EXAMPLES) {
                examples.add(id);
            }
        }
    }

    private enum State {
        PRESENT,
        MISSING,
        UNKNOWN
    }

    /// @param sentence empty where there is nothing to say
    private record Told(State state, String sentence) {}

    /// All looks together: a store that is silent must not hold up a rehearsal.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Told LATE =
            new Told(
                    State.UNKNOWN,
                    "It was not found out within a minute whether its payload is there.");

    ClaimTally(RedrivePlan plan, Claims claims) {
        this.plan = plan;
        this.claims = claims;
    }

    void add(Ready message) throws OperatorException {
        if (!ClaimChecks.mayHave(message.payload(), message.headers())) {
            return;
        }
        var sent = sent(message);
        var found = ClaimChecks.of(sent, plan.view(sent).decoded());
        if (ClaimChecks.isLost(sent, found)) {
            missing++;
            findings.add(
                    sent.id(),
                    "Its attributes say that its payload lies in S3, and its body is no pointer to"
                            + " it.");
        }
        for (var claim : found) {
            var reason = whyNotAsked(sent.queue().profile(), claim);
            if (reason != null) {
                unknown++;
                findings.add(sent.id(), reason);
            } else if (asked.size() < MOST || asked.containsKey(claim.place())) {
                asked.computeIfAbsent(claim.place(), _ -> new Pointed(claim)).by(sent.id());
            } else {
                unknown++;
                findings.add(
                        sent.id(),
                        "The first %s objects are looked for, and it points to a further one."
                                .formatted(Numerals.of(MOST)));
            }
        }
    }

    private static DeadLetter sent(Ready message) {
        return message.original().with(message.payload(), message.headers());
    }

    private @Nullable String whyNotAsked(String profile, ClaimCheck claim) {
        try {
            return claims.isTrusted(profile, claim) ? null : notAsked(claim.place());
        } catch (OperatorException noProfile) {
            return String.valueOf(noProfile.getMessage());
        }
    }

    private static String notAsked(Place place) {
        return switch (place) {
            case InS3 _ -> "It points into S3, for which this profile has no sign-in.";
            // One sentence for all: each message may name a host of its own.
            case AtUrl _ ->
                    "It points to a host that was not asked, as the profile does not name it.";
            case Unnamed unnamed ->
                    "Its payload lies where it cannot be looked for. " + unnamed.why();
        };
    }

    /// Asks. Null where nothing points anywhere.
    ///
    /// @throws BrokerException.Cancelled when interrupted
    @Nullable ClaimVerdicts verdicts() throws BrokerException {
        if (asked.isEmpty() && missing == 0 && unknown == 0) {
            return null;
        }
        var profile = plan.source().profile();
        var all = List.copyOf(asked.values());
        var told =
                ask(
                        all.stream()
                                .<Callable<Told>>map(one -> () -> look(profile, one.claim))
                                .toList());
        for (int i = 0; i < all.size(); i++) {
            count(all.get(i), told.get(i));
        }
        return new ClaimVerdicts(present, missing, unknown, findings.list());
    }

    private static List<Told> ask(List<Callable<Told>> looks) throws BrokerException {
        var answers = new ArrayList<Told>();
        var threads = Thread.ofVirtual().name("claim-", 0).factory();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE, threads)) {
            try {
                for (var answer : pool.invokeAll(looks, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    answers.add(answer.isCancelled() ? LATE : answer.get());
                }
            } catch (InterruptedException stop) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new BrokerException.Cancelled("The rehearsal was interrupted.", stop);
            } catch (ExecutionException defect) {
                throw new IllegalStateException("a look failed", defect.getCause());
            }
        }
        return answers;
    }

    private Told look(String profile, ClaimCheck claim) {
        try {
            var facts = claims.look(profile, claim);
            var said = claim.size();
            return new Told(
                    State.PRESENT,
                    said == null || facts.size() == Facts.UNKNOWN || said == facts.size()
                            ? ""
                            : "The payload that it points to has another size than the message"
                                    + " says.");
        } catch (BrokerException.NotFound | BrokerException.Gone missed) {
            return new Told(State.MISSING, missed.sentence());
        } catch (BrokerException untold) {
            return new Told(State.UNKNOWN, untold.sentence());
        } catch (OperatorException noProfile) {
            return new Told(State.UNKNOWN, String.valueOf(noProfile.getMessage()));
        }
    }

    private void count(Pointed pointed, Told told) {
        switch (told.state()) {
            case PRESENT -> present += pointed.count;
            case MISSING -> missing += pointed.count;
            case UNKNOWN -> unknown += pointed.count;
        }
        if (!told.sentence().isEmpty()) {
            findings.add(pointed.examples, pointed.count, told.sentence());
        }
    }
}
