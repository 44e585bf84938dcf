package org.deadletteroffice.desktop.fx;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// What went wrong, in the operator's words.
///
/// @param kind decides icon and colour
/// @param sentence what happened, to what
/// @param remedy what to do next; may be empty
/// @param field the profile's field that is likely wrong; null where none is
public record Problem(Kind kind, String sentence, String remedy, @Nullable String field) {
    /// Whose problem it is.
    public enum Kind {
        /// The broker does not answer, or not now.
        AWAY,
        /// Not allowed, by the broker or by the profile's environment.
        FORBIDDEN,
        /// Not there, or no more.
        MISSING,
        /// The operator asked for something that makes no sense.
        WRONG,
        /// The data folder.
        STORE,
        /// The operator stopped it.
        STOPPED,
        /// A fault of this program.
        UNEXPECTED
    }

    public static Problem of(Throwable failure) {
        return switch (failure) {
            case BrokerException broker -> ofBroker(broker);
            case OperatorException operator ->
                    new Problem(kindOf(operator), text(operator), operator.remedy(), null);
            case StoreUnavailable store -> of(store.problem());
            case InterruptedException _ ->
                    new Problem(Kind.STOPPED, "Stopped.", "Start it again when you want it.", null);
            default ->
                    new Problem(
                            Kind.UNEXPECTED,
                            "Something went wrong inside Dead Letter Office.",
                            "Try it again. The log file in the data folder tells the details.",
                            null);
        };
    }

    /// A fault of this program, to be logged.
    public boolean unexpected() {
        return kind == Kind.UNEXPECTED;
    }

    private static Problem ofBroker(BrokerException failure) {
        var kind =
                switch (failure) {
                    case BrokerException.Unreachable _, BrokerException.Throttled _ -> Kind.AWAY;
                    case BrokerException.NotAuthenticated _, BrokerException.NotAuthorized _ ->
                            Kind.FORBIDDEN;
                    case BrokerException.NotFound _, BrokerException.Gone _ -> Kind.MISSING;
                    case BrokerException.TooLarge _, BrokerException.Unsupported _ -> Kind.WRONG;
                    case BrokerException.Corrupt _ -> Kind.UNEXPECTED;
                    case BrokerException.Cancelled _ -> Kind.STOPPED;
                };
        var field = failure.remedy() instanceof Remedy.Edit(var name) ? name : null;
        return new Problem(kind, failure.sentence(), failure.remedy().sentence(), field);
    }

    private static Kind kindOf(OperatorException failure) {
        return switch (failure.kind()) {
            case WRONG_USE -> Kind.WRONG;
            case NOT_FOUND -> Kind.MISSING;
            case REFUSED -> Kind.FORBIDDEN;
            case INTERRUPTED -> Kind.STOPPED;
            case STORE -> Kind.STORE;
        };
    }

    private static String text(Exception failure) {
        var message = failure.getMessage();
        return message == null ? "It did not work." : message;
    }
}
