package org.deadletteroffice.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.query.FilterException;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.error.BrokerException;
import picocli.CommandLine;

/// What went wrong, as `dlo` tells it.
///
/// @param kind stable, for scripts
/// @param message one sentence: what happened, to what
/// @param remedy one sentence: what to do next
public record Trouble(ExitCode exit, String kind, String message, String remedy) {
    public static Trouble of(Throwable thrown) {
        return switch (thrown) {
            case FilterException e when e.position() >= 0 ->
                    new Trouble(
                            ExitCode.WRONG_USE,
                            "wrongUse",
                            sentence(e) + " (At character " + (e.position() + 1) + ".)",
                            e.remedy());
            case OperatorException e -> of(e);
            case BrokerException e -> of(e);
            case StoreUnavailable e -> of(e.problem());
            case CommandLine.ParameterException e ->
                    new Trouble(
                            ExitCode.WRONG_USE,
                            "wrongUse",
                            sentence(e),
                            "See "
                                    + e.getCommandLine().getCommandSpec().qualifiedName()
                                    + " --help.");
            case InterruptedException _ ->
                    new Trouble(
                            ExitCode.INTERRUPTED,
                            "interrupted",
                            "It was interrupted.",
                            "Start it again when you want it.");
            default ->
                    new Trouble(
                            ExitCode.DEFECT,
                            "defect",
                            "Dead Letter Office failed by a defect of its own ("
                                    + thrown.getClass().getSimpleName()
                                    + ").",
                            "The newest file in the data folder's logs says where; please report it.");
        };
    }

    private static Trouble of(OperatorException e) {
        return switch (e.kind()) {
            case WRONG_USE -> of(ExitCode.WRONG_USE, "wrongUse", e);
            case NOT_FOUND -> of(ExitCode.NOT_FOUND, "notFound", e);
            case REFUSED -> of(ExitCode.REFUSED, "refused", e);
            case INTERRUPTED -> of(ExitCode.INTERRUPTED, "interrupted", e);
            case STORE -> of(ExitCode.DEFECT, "store", e);
        };
    }

    private static Trouble of(BrokerException e) {
        return switch (e) {
            case BrokerException.Unreachable _ -> of(ExitCode.UNREACHABLE, "unreachable", e);
            case BrokerException.Throttled _ -> of(ExitCode.UNREACHABLE, "throttled", e);
            case BrokerException.Corrupt _ -> of(ExitCode.UNREACHABLE, "corrupt", e);
            case BrokerException.NotAuthenticated _ ->
                    of(ExitCode.NOT_ALLOWED, "notAuthenticated", e);
            case BrokerException.NotAuthorized _ -> of(ExitCode.NOT_ALLOWED, "notAuthorized", e);
            case BrokerException.NotFound _ -> of(ExitCode.NOT_FOUND, "notFound", e);
            case BrokerException.Gone _ -> of(ExitCode.NOT_FOUND, "gone", e);
            case BrokerException.TooLarge _ -> of(ExitCode.REFUSED, "tooLarge", e);
            case BrokerException.Unsupported _ -> of(ExitCode.REFUSED, "unsupported", e);
            case BrokerException.Cancelled _ -> of(ExitCode.INTERRUPTED, "interrupted", e);
        };
    }

    private static Trouble of(ExitCode exit, String kind, OperatorException e) {
        return new Trouble(exit, kind, sentence(e), e.remedy());
    }

    private static Trouble of(ExitCode exit, String kind, BrokerException e) {
        return new Trouble(exit, kind, e.sentence(), e.remedy().sentence());
    }

    /// picocli's and Java's messages do not all end as a sentence does.
    private static String sentence(Exception e) {
        var text =
                e.getMessage() == null
                        ? e.getClass().getSimpleName()
                        : e.getMessage().strip().replaceFirst("^Error: ", "");
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
    }

    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", kind);
        json.put("message", message);
        json.put("remedy", remedy);
        return json;
    }
}
