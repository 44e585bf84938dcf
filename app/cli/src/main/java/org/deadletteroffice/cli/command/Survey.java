package org.deadletteroffice.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.cli.Trouble;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// One question put to several brokers at once. A broker that fails hides no other: its profile
/// stands in the answer with the error, and the exit code says that it is not whole.
final class Survey<T> {
    interface Question<T> {
        List<T> ask(String profile) throws OperatorException, BrokerException;
    }

    private record Failed(String profile, Trouble trouble) {}

    private final Session session;
    private final List<T> rows = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();

    private Survey(Session session) {
        this.session = session;
    }

    /// @param profile null: all
    static <T> Survey<T> of(Session session, @Nullable String profile, Question<T> question)
            throws Exception {
        var survey = new Survey<T>(session);
        if (profile != null) {
            session.engine().profiles().get(profile);
            survey.rows.addAll(question.ask(profile));
            return survey;
        }
        var profiles = session.engine().profiles();
        var answers = new LinkedHashMap<String, Future<List<T>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : profiles.all()) {
                answers.put(each.name(), threads.submit(() -> question.ask(each.name())));
            }
            for (var answer : answers.entrySet()) {
                survey.take(answer.getKey(), answer.getValue());
            }
        }
        for (var unreadable : profiles.unreadable()) {
            survey.failed.add(unreadable(unreadable));
        }
        if (survey.rows.isEmpty() && survey.failed.isEmpty() && profiles.all().isEmpty()) {
            session.say("There is no profile yet. Add one with dlo profiles add, or try dlo demo.");
        }
        return survey;
    }

    private void take(String profile, Future<List<T>> answer) throws InterruptedException {
        try {
            rows.addAll(answer.get());
        } catch (ExecutionException e) {
            var cause = e.getCause();
            if (cause instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            if (cause instanceof OperatorException || cause instanceof BrokerException) {
                failed.add(new Failed(profile, Trouble.of(cause)));
            } else {
                throw new IllegalStateException("cannot ask " + profile, cause);
            }
        }
    }

    private static Failed unreadable(Profiles.Unreadable file) {
        return new Failed(ProfilesCommand.nameOf(file), ProfilesCommand.trouble(file));
    }

    /// Prints what was answered and tells what was not.
    ///
    /// @return DONE, IN_PART, or the one reason for which nothing could be answered
    ExitCode print(Function<T, Map<String, Object>> json, Table<T> table, String nothing) {
        var output = session.output();
        if (output.isTable()) {
            if (!rows.isEmpty() || failed.isEmpty()) {
                output.list(rows, json, table, nothing);
            }
        } else {
            var all = new ArrayList<Map<String, Object>>(rows.stream().map(json).toList());
            failed.forEach(
                    each -> all.add(Map.of("profile", each.profile, "error", each.trouble.json())));
            output.list(all, Function.identity(), new Table<>(), nothing);
        }
        for (var each : failed) {
            session.say(
                    Table.plain(
                            each.profile
                                    + ": "
                                    + each.trouble.message()
                                    + " "
                                    + each.trouble.remedy()));
        }
        if (failed.isEmpty()) {
            return ExitCode.DONE;
        }
        var reasons = failed.stream().map(each -> each.trouble.exit()).distinct().toList();
        return rows.isEmpty() && reasons.size() == 1 ? reasons.getFirst() : ExitCode.IN_PART;
    }
}
