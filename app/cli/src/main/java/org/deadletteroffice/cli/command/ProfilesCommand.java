package org.deadletteroffice.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Json;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.cli.Trouble;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.profile.Check;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `dlo profiles`
@Command(
        name = "profiles",
        description = "List, add, test and share the brokers you work with.",
        subcommands = ProfilesAddCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo profiles add kafka prod --set bootstrap=kafka-1:9092 --environment production",
            "  dlo profiles test prod",
            "  dlo profiles export team.json",
            "  dlo profiles import team.json"
        })
public final class ProfilesCommand implements Callable<Integer> {
    private final Session session;

    public ProfilesCommand(Session session) {
        this.session = session;
    }

    /// Without a word after it, it lists.
    @Override
    public Integer call() throws Exception {
        return list();
    }

    @Command(name = "list", description = "List profiles; without secrets.")
    int list() throws OperatorException {
        var profiles = session.engine().profiles();
        var unreadable = profiles.unreadable();
        var output = session.output();
        if (output.isTable()) {
            var table =
                    new Table<Profile>()
                            .left("PROFILE", Profile::name)
                            .left("KIND", Profile::kind)
                            .left("ENVIRONMENT", profile -> Text.words(profile.environment()))
                            .left("SETTINGS", profile -> settings(profile.values()))
                            .left("", profile -> profile.temporary() ? "demo" : "");
            output.list(
                    profiles.all(),
                    ProfilesCommand::json,
                    table,
                    "There is no profile yet. Add one with dlo profiles add, or try dlo demo.");
        } else {
            var all = new ArrayList<>(profiles.all().stream().map(ProfilesCommand::json).toList());
            unreadable.forEach(file -> all.add(json(file)));
            output.list(all, Function.identity(), new Table<>(), "");
        }
        for (var file : unreadable) {
            session.say(Table.plain(file.file() + ": " + sentence(file)));
        }
        return (unreadable.isEmpty() ? ExitCode.DONE : ExitCode.IN_PART).number();
    }

    @Command(name = "remove", description = "Remove a profile and its secrets.")
    int remove(@Parameters(paramLabel = "NAME") String name) throws OperatorException {
        session.engine().profiles().get(name);
        session.engine().profiles().remove(name);
        session.output().object(Map.of("removed", name), () -> "Removed " + name + ".");
        return ExitCode.DONE.number();
    }

    @Command(
            name = "test",
            description = "Diagnose a profile step by step, naming what would mend a failed step.")
    int test(@Parameters(paramLabel = "NAME") String name) throws Exception {
        var profile = session.engine().profiles().get(name);
        var connection = session.engine().brokers().connection(profile.name());
        var checks = new LinkedHashMap<String, Check>();
        try (var progress = session.progress()) {
            connection.checks(
                    check -> {
                        checks.put(check.name(), check);
                        progress.update(check.name() + " " + Text.words(check.state()));
                    });
        }
        var table =
                new Table<Check>()
                        .left("CHECK", Check::name)
                        .left("STATE", check -> Text.words(check.state()))
                        .left("DETAIL", Check::detail)
                        .left("WHAT TO DO", check -> remedy(check) == null ? "" : remedy(check));
        session.output()
                .list(List.copyOf(checks.values()), ProfilesCommand::json, table, "No checks.");
        return verdict(name, List.copyOf(checks.values())).number();
    }

    /// A failed step says what is wrong in words only; the first question that needs the step says
    /// of which kind it is.
    private ExitCode verdict(String name, List<Check> checks) throws OperatorException {
        var failed = checks.stream().filter(c -> c.state() == Check.State.FAILED).toList();
        if (failed.isEmpty()) {
            return ExitCode.DONE;
        }
        var first = failed.getFirst();
        session.say(
                Table.plain(
                        first.name() + " failed: " + first.detail() + " " + or(remedy(first), "")));
        try {
            session.engine().brokers().queues(name);
        } catch (BrokerException e) {
            return Trouble.of(e).exit();
        }
        return first.remedy() instanceof Remedy.Grant ? ExitCode.NOT_ALLOWED : ExitCode.IN_PART;
    }

    @Command(name = "export", description = "Write all profiles, without secrets, to a file.")
    int export(@Parameters(paramLabel = "FILE") Path file) throws OperatorException {
        int count = session.engine().profiles().exportTo(file);
        session.output()
                .object(
                        Map.of("exported", count, "file", file),
                        () ->
                                "Wrote "
                                        + Numerals.of(count, "profile", "profiles")
                                        + " to "
                                        + file
                                        + ".");
        return ExitCode.DONE.number();
    }

    @Command(name = "import", description = "Add the profiles of an exported file.")
    int importFrom(@Parameters(paramLabel = "FILE") Path file) throws OperatorException {
        var names = session.engine().profiles().importFrom(file);
        session.output()
                .object(
                        Map.of("imported", names),
                        () ->
                                "Added "
                                        + String.join(", ", names)
                                        + ". Give their secrets with dlo profiles add --replace.");
        return ExitCode.DONE.number();
    }

    static Map<String, Object> json(Profile profile) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", profile.name());
        json.put("kind", profile.kind());
        json.put("environment", Json.camel(profile.environment()));
        json.put("values", profile.values());
        json.put("deadLetterPatterns", profile.deadLetterPatterns());
        json.put("marks", profile.marks());
        json.put("temporary", profile.temporary());
        return json;
    }

    private static Map<String, Object> json(Profiles.Unreadable file) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", nameOf(file));
        json.put("file", file.file());
        json.put("error", trouble(file).json());
        return json;
    }

    private static Map<String, Object> json(Check check) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", check.name());
        json.put("state", Json.camel(check.state()));
        json.put("detail", check.detail());
        json.put("remedy", remedy(check));
        return json;
    }

    static String nameOf(Profiles.Unreadable file) {
        return String.valueOf(file.file().getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    /// A profile's file that cannot be read is no reason to stop; it is told.
    static Trouble trouble(Profiles.Unreadable file) {
        return new Trouble(
                ExitCode.IN_PART,
                "unreadable",
                file.sentence(),
                "Correct the file " + file.file() + ", or move it away.");
    }

    private static String sentence(Profiles.Unreadable file) {
        return file.sentence() + " " + trouble(file).remedy();
    }

    private static @Nullable String remedy(Check check) {
        return check.remedy() == null ? null : check.remedy().sentence();
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String settings(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .reduce((one, next) -> one + " " + next)
                .orElse("");
    }
}
