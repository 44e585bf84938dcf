package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.jspecify.annotations.Nullable;

/// What has to be given before a job may start. On production: the profile unlocked, the queue's
/// name typed, a reason, and a rehearsal over what is to be acted on.
final class StartRules {
    private final Brokers brokers;

    StartRules(Brokers brokers) {
        this.brokers = brokers;
    }

    /// @param confirmation the queue's name as typed by the operator
    /// @throws OperatorException REFUSED, with what is missing
    void check(JobRequest request, Plan plan, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        checkPlan(plan);
        checkWritable(plan);
        if (isProduction(request.source().profile()) || isProduction(plan.destinationProfile())) {
            checkConfirmed(request, confirmation);
        }
    }

    /// As [#check], for a move by the broker.
    void check(MoveRequest request, @Nullable String confirmation) throws OperatorException {
        checkDestination(request);
        brokers.checkWritable(request.source().profile());
        if (isProduction(request.source().profile())) {
            checkConfirmed(request, confirmation);
        }
    }

    static void checkDestination(MoveRequest request) throws OperatorException {
        var source = request.source().name();
        if (source.equals(request.destination())) {
            throw refused(
                    "The destination " + source + " is the queue in which the messages lie.",
                    "Choose another destination.");
        }
    }

    private boolean isProduction(String profile) throws OperatorException {
        return brokers.environment(profile) == Environment.PRODUCTION;
    }

    private static void checkConfirmed(JobRequest request, @Nullable String confirmation)
            throws OperatorException {
        var name = request.source().name();
        if (!name.equals(confirmation)) {
            throw refused(
                    "On production the queue's name has to be typed.",
                    "Confirm with the name " + name + " (--confirm " + name + ").");
        }
        if (request.reason().isBlank()) {
            throw refused(
                    "On production a " + word(request) + " needs a reason.",
                    "Say in a few words why (--reason).");
        }
        if (!isReviewed(request)) {
            throw refused(
                    "On production a " + word(request) + " has to be rehearsed.",
                    "Rehearse it, and start it over what was reviewed.");
        }
    }

    /// What is refused whoever asks, in a rehearsal too.
    void checkPlan(Plan plan) throws OperatorException, BrokerException {
        var source = plan.source();
        if (plan.pace().canary() != null
                && !(brokers.capabilities(source).observerEffect()
                        instanceof ObserverEffect.None)) {
            throw refused(
                    "A canary cannot watch "
                            + source.name()
                            + ": each look into this queue leaves a trace in it, so nobody would"
                            + " see what comes back.",
                    "Send a few by their ids first and see whether the queue grows; or set a rate"
                            + " and an error budget.");
        }
        if (plan instanceof RedrivePlan redrive
                && redrive.isToItsSource()
                && !redrive.request().forced()) {
            throw refused(
                    "The destination "
                            + redrive.request().destination()
                            + " is the queue in which the messages lie.",
                    "Choose another destination, or force it.");
        }
    }

    /// @throws OperatorException REFUSED when a profile that the job writes to is locked
    void checkWritable(Plan plan) throws OperatorException {
        brokers.checkWritable(plan.source().profile());
        brokers.checkWritable(plan.destinationProfile());
    }

    /// One message that is named was seen; what an archive or a file holds does not change.
    private static boolean isReviewed(JobRequest request) {
        return switch (request) {
            case RedriveRequest redrive -> isReviewed(redrive.scope(), redrive.until());
            case PurgeRequest purge -> isReviewed(purge.scope(), purge.until());
            case RestoreRequest _, ImportRequest _ -> true;
            // The broker takes all there is when it comes to it: there is nothing to freeze, but
            // how many there are was seen.
            case MoveRequest move -> move.reviewed() != null;
        };
    }

    private static boolean isReviewed(Scope scope, @Nullable Cursor until) {
        return until != null || (scope instanceof Scope.Ids(var ids) && ids.size() == 1);
    }

    private static String word(JobRequest request) {
        return switch (request) {
            case RedriveRequest _ -> JobKind.REDRIVE.word();
            case PurgeRequest _ -> JobKind.PURGE.word();
            case RestoreRequest _ -> JobKind.RESTORE.word();
            case ImportRequest _ -> JobKind.IMPORT.word();
            case MoveRequest _ -> JobKind.MOVE.word();
        };
    }

    private static OperatorException refused(String sentence, String remedy) {
        return new OperatorException(Kind.REFUSED, sentence, remedy);
    }
}
