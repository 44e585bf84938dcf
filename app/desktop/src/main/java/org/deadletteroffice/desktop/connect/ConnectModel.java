package org.deadletteroffice.desktop.connect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;

/// A broker's profile while it is filled in, and what a look at that broker says.
public final class ConnectModel {
    private static final Duration QUIET = Duration.ofMillis(900);

    /// Where the secrets of a profile are kept.
    enum Keeping {
        KEYCHAIN("System keychain"),
        ENVIRONMENT("Environment variables"),
        SESSION("Until the window closes");

        final String words;

        Keeping(String words) {
            this.words = words;
        }
    }

    private final Desk desk;
    private final @Nullable Profile edited;
    private final Diagnosis diagnosis;
    private final ObjectProperty<Connector> kind = new SimpleObjectProperty<>();
    private final StringProperty name = new SimpleStringProperty("");
    private final ObjectProperty<Environment> environment =
            new SimpleObjectProperty<>(Environment.DEVELOPMENT);
    private final StringProperty patterns = new SimpleStringProperty("");
    private final ObjectProperty<Keeping> keeping = new SimpleObjectProperty<>(Keeping.KEYCHAIN);
    private final ObservableMap<String, String> values = FXCollections.observableHashMap();
    private final ObservableMap<String, String> secrets = FXCollections.observableHashMap();
    private final ObservableList<Field> fields = FXCollections.observableArrayList();
    private final ObservableMap<String, String> problems = FXCollections.observableHashMap();
    private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private Set<String> secretsKept = Set.of();
    private Running waiting = Running.NOTHING;

    /// @param edited the profile to change; null to make one
    public ConnectModel(Desk desk, @Nullable Profile edited) {
        this.desk = desk;
        this.edited = edited;
        diagnosis = new Diagnosis(desk);
        var kinds = kinds();
        if (edited != null) {
            name.set(edited.name());
            environment.set(edited.environment());
            patterns.set(String.join(", ", edited.deadLetterPatterns()));
            values.putAll(edited.values());
            kinds.stream()
                    .filter(each -> each.kind().equals(edited.kind()))
                    .findFirst()
                    .ifPresent(kind::set);
            desk.background()
                    .run(
                            () -> desk.engine().profiles().secretFields(edited.name()),
                            kept -> {
                                secretsKept = kept;
                                showFields();
                                checkSoon();
                            },
                            desk.dialogs()::tell);
        } else if (!kinds.isEmpty()) {
            kind.set(kinds.getFirst());
        }
        kind.addListener(
                _ -> {
                    diagnosis.forget();
                    problems.clear();
                    showFields();
                    checkSoon();
                });
        values.addListener((MapChangeListener<String, String>) change -> changed(change.getKey()));
        secrets.addListener((MapChangeListener<String, String>) change -> changed(change.getKey()));
        patterns.addListener(_ -> checkSoon());
        name.addListener(_ -> problems.remove("name"));
        showFields();
    }

    /// The kinds of brokers there are.
    List<Connector> kinds() {
        return desk.engine().plugins().connectors();
    }

    /// Null where no connector is installed.
    ObjectProperty<Connector> kindProperty() {
        return kind;
    }

    boolean isNew() {
        return edited == null;
    }

    StringProperty nameProperty() {
        return name;
    }

    ObjectProperty<Environment> environmentProperty() {
        return environment;
    }

    /// Glob patterns, comma separated; empty for the usual ones.
    StringProperty patternsProperty() {
        return patterns;
    }

    ObjectProperty<Keeping> keepingProperty() {
        return keeping;
    }

    /// By field; a missing one has its preset.
    ObservableMap<String, String> values() {
        return values;
    }

    /// What was typed in secret fields: the secret, or the name of its variable.
    ObservableMap<String, String> secrets() {
        return secrets;
    }

    boolean isSecretKept(Field field) {
        return secretsKept.contains(field.name());
    }

    /// Those asked for, given the other values.
    ObservableList<Field> fields() {
        return fields;
    }

    /// Field → what is wrong; `name` for the profile's name.
    ObservableMap<String, String> problems() {
        return problems;
    }

    /// What a look at the broker says.
    Diagnosis diagnosis() {
        return diagnosis;
    }

    ReadOnlyBooleanProperty savingProperty() {
        return saving.getReadOnlyProperty();
    }

    /// What just happened to the form, in words.
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    String valueOf(Field field) {
        return values.getOrDefault(field.name(), field.preset());
    }

    void setValue(Field field, String value) {
        if (value.equals(field.preset())) {
            values.remove(field.name());
        } else {
            values.put(field.name(), value);
        }
    }

    void setSecret(Field field, String value) {
        if (value.isEmpty()) {
            secrets.remove(field.name());
        } else {
            secrets.put(field.name(), value);
        }
    }

    /// Fills the form from a pasted text, whichever kind of broker understands it.
    ///
    /// @return whether one did
    boolean paste(String text) {
        var candidates = new ArrayList<Connector>();
        if (kind.get() != null) {
            candidates.add(kind.get());
        }
        if (isNew()) {
            kinds().stream().filter(each -> each != kind.get()).forEach(candidates::add);
        }
        for (var candidate : candidates) {
            var read = candidate.paste(text);
            if (read.isPresent()) {
                kind.set(candidate);
                fill(read.get());
                return true;
            }
        }
        return false;
    }

    private void fill(Settings settings) {
        settings.values().forEach(values::put);
        settings.secrets().forEach((field, secret) -> secrets.put(field, secret.reveal()));
        var count = settings.values().size() + settings.secrets().size();
        note.set("Filled in " + Amounts.of(count, "field", "fields") + " from what was pasted.");
        showFields();
        checkSoon();
    }

    private void changed(String field) {
        problems.remove(field);
        showFields();
        checkSoon();
    }

    private void showFields() {
        if (kind.get() == null) {
            fields.clear();
            return;
        }
        var schema = kind.get().schema();
        var settings = Settings.of(Map.copyOf(values));
        var shown =
                schema.fields().stream().filter(field -> schema.isShown(field, settings)).toList();
        if (!fields.equals(shown)) {
            fields.setAll(shown);
        }
    }

    /// Looks at the broker once the operator pauses, as soon as the form is complete.
    void checkSoon() {
        waiting.cancel();
        if (kind.get() == null || !validate().isEmpty()) {
            return;
        }
        waiting = desk.background().after(QUIET, this::check);
    }

    /// Looks at the broker now.
    void check() {
        waiting.cancel();
        if (kind.get() == null) {
            return;
        }
        var wrong = validate();
        problems.clear();
        problems.putAll(wrong);
        if (!wrong.isEmpty()) {
            return;
        }
        diagnosis.look(kind.get().schema(), profile(), givenSecrets());
    }

    /// Writes the profile and closes the form.
    void save() {
        var wrong = validate();
        if (name.get().isBlank()) {
            wrong.put("name", "Name is missing.");
        } else if (isNew() && desk.engine().profiles().find(name.get().trim()).isPresent()) {
            wrong.put("name", "There is a profile of this name already.");
        }
        problems.clear();
        problems.putAll(wrong);
        if (!wrong.isEmpty() || kind.get() == null) {
            return;
        }
        var profile = profile();
        var given = givenSecrets();
        var typed = Map.copyOf(secrets);
        var where = keeping.get();
        saving.set(true);
        desk.background()
                .run(
                        () -> {
                            var profiles = desk.engine().profiles();
                            switch (where) {
                                case KEYCHAIN -> profiles.save(profile, given);
                                case ENVIRONMENT -> profiles.saveWithEnvironment(profile, typed);
                                case SESSION -> profiles.saveForSession(profile, given);
                            }
                            desk.engine().metrics().refresh();
                        },
                        () -> {
                            saving.set(false);
                            close();
                            desk.dialogs().say("Saved the profile " + profile.name() + ".");
                        },
                        problem -> {
                            saving.set(false);
                            var field = problem.field();
                            if (field != null) {
                                problems.put(field, problem.sentence());
                            } else {
                                desk.dialogs().tell(problem);
                            }
                        });
    }

    void close() {
        waiting.cancel();
        diagnosis.stop();
        desk.navigation().closeSheet();
    }

    void importProfiles() {
        desk.dialogs().chooseFile("Import profiles", this::importFrom);
    }

    void importFrom(Path file) {
        desk.background()
                .run(
                        () -> desk.engine().profiles().importFrom(file),
                        names -> {
                            close();
                            desk.dialogs()
                                    .say(
                                            "Added "
                                                    + Amounts.of(
                                                            names.size(), "profile", "profiles")
                                                    + "; give their secrets under Edit profile.");
                        },
                        desk.dialogs()::tell);
    }

    void chooseFile(Field field) {
        desk.dialogs().chooseFile(field.label(), file -> setValue(field, file.toString()));
    }

    private Map<String, String> validate() {
        return entries().problems();
    }

    private Entries entries() {
        return new Entries(kind.get().schema(), values, secrets, secretsKept);
    }

    private Profile profile() {
        var globs =
                List.of(patterns.get().split("[,\\s]+")).stream()
                        .filter(glob -> !glob.isBlank())
                        .toList();
        return new Profile(
                name.get().isBlank() ? "new" : name.get().trim(),
                kind.get().kind(),
                environment.get(),
                entries().values(),
                globs,
                edited == null ? Map.of() : edited.marks(),
                false);
    }

    private Map<String, Secret> givenSecrets() {
        return keeping.get() == Keeping.ENVIRONMENT
                ? entries().secretsFrom(System.getenv())
                : entries().secrets();
    }
}
