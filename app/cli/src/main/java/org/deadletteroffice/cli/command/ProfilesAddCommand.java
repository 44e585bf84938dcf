package org.deadletteroffice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Prompt;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.Plugins;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dlo profiles add`
@Command(
        name = "add",
        description = {
            "Add a profile. Secrets go into the system's keychain, or are read from environment"
                    + " variables; never give one as an argument."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo profiles add kafka dev --set bootstrap=localhost:9092",
            "  dlo profiles add kafka prod --from client.properties --environment production",
            "  dlo profiles add kafka ci --set bootstrap=kafka:9092 --set security=SASL_SSL"
                    + " --set username=dlo --secret-env password=KAFKA_PASSWORD"
        })
public final class ProfilesAddCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description = "The kind of broker: ${COMPLETION-CANDIDATES}.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "A name for it.")
    private String name = "";

    @Option(
            names = {"-s", "--set"},
            paramLabel = "FIELD=VALUE",
            description = "A setting; may be given again.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Take settings from a client's properties file or connection text.")
    private @Nullable Path from;

    @Option(
            names = "--secret",
            paramLabel = "FIELD",
            description = "Ask for this secret, or read it as a line from standard input.")
    private List<String> secrets = List.of();

    @Option(
            names = "--secret-env",
            paramLabel = "FIELD=VAR",
            description = "Read this secret from an environment variable each time it is used.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "NAME",
            defaultValue = "development",
            description =
                    "development, staging or production (default: ${DEFAULT-VALUE}). Production is"
                            + " read-only until confirmed.")
    private Environment environment = Environment.DEVELOPMENT;

    @Option(
            names = "--dead-letters",
            paramLabel = "GLOB",
            description = "Names that are dead-letter queues, instead of the built-in patterns.")
    private List<String> patterns = List.of();

    @Option(names = "--replace", description = "Replace the profile of this name.")
    private boolean replace;

    public ProfilesAddCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        var connector = connector();
        var profiles = session.engine().profiles();
        if (!replace && profiles.find(name).isPresent()) {
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    "There is a profile " + name + " already.",
                    "Choose another name, or give --replace.");
        }
        if (!secrets.isEmpty() && !variables.isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "--secret and --secret-env are given both.",
                    "Keep all secrets of a profile in one place.");
        }
        refuseSecretsAmong(connector, values);
        var pasted = pasted(connector);
        var all = new LinkedHashMap<>(pasted.values());
        all.putAll(values);
        var profile = new Profile(name, kind, environment, all, patterns, Map.of(), false);
        if (variables.isEmpty()) {
            var given = new LinkedHashMap<>(pasted.secrets());
            for (var field : secrets) {
                given.put(field, new Secret(Prompt.secret(session.host(), name + " " + field)));
            }
            profiles.save(profile, given);
        } else {
            profiles.saveWithEnvironment(profile, variables);
        }
        session.output()
                .object(
                        ProfilesCommand.json(profiles.get(name)),
                        () -> "Added " + name + ". Try it: dlo profiles test " + name);
        return ExitCode.DONE.number();
    }

    /// Those that this installation knows.
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Plugins.load(List.of()).connectors().stream()
                    .map(Connector::kind)
                    .sorted()
                    .iterator();
        }
    }

    private Connector connector() throws OperatorException {
        var plugins = session.engine().plugins();
        return plugins.connector(kind)
                .orElseThrow(
                        () ->
                                new OperatorException(
                                        OperatorException.Kind.WRONG_USE,
                                        "There is no kind of broker called '" + kind + "'.",
                                        "The kinds are "
                                                + plugins.connectors().stream()
                                                        .map(Connector::kind)
                                                        .collect(Collectors.joining(", "))
                                                + "."));
    }

    /// An argument is seen by every user of the machine.
    private static void refuseSecretsAmong(Connector connector, Map<String, String> values)
            throws OperatorException {
        for (var field : connector.schema().fields()) {
            if (field.type() == Field.Type.SECRET && values.containsKey(field.name())) {
                throw new OperatorException(
                        OperatorException.Kind.WRONG_USE,
                        "'" + field.name() + "' is a secret and must not be an argument.",
                        "Give --secret "
                                + field.name()
                                + " (it asks) or --secret-env "
                                + field.name()
                                + "=VARIABLE.");
            }
        }
    }

    private Settings pasted(Connector connector) throws OperatorException {
        if (from == null) {
            return Settings.EMPTY;
        }
        try {
            return connector
                    .paste(Files.readString(from))
                    .orElseThrow(
                            () ->
                                    new OperatorException(
                                            OperatorException.Kind.WRONG_USE,
                                            from + " holds no settings of " + kind + ".",
                                            "Give the settings with --set."));
        } catch (IOException e) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "The file " + from + " cannot be read.",
                    "Check its name and its permissions.",
                    e);
        }
    }
}
