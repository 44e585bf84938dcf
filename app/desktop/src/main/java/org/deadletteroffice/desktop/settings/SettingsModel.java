package org.deadletteroffice.desktop.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Plugins;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.profile.Profiles.Unreadable;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.desktop.theme.Appearance;
import org.deadletteroffice.desktop.theme.Density;
import org.deadletteroffice.desktop.theme.Theme;
import org.deadletteroffice.spi.connector.Connector;

/// What an operator may set, and where it is kept.
public final class SettingsModel {
    private static final String OPERATOR = "operator";

    private final Desk desk;
    private final Appearance appearance;
    private final Path home;
    private final StringProperty operator = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper operatorNote = new ReadOnlyStringWrapper("");
    private final ObservableList<Profile> profiles = FXCollections.observableArrayList();
    private final ObservableList<Unreadable> unreadable = FXCollections.observableArrayList();

    /// @param home the data folder
    public SettingsModel(Desk desk, Appearance appearance, Path home) {
        this.desk = desk;
        this.appearance = appearance;
        this.home = home;
        operator.set(desk.engine().settings().get(OPERATOR).orElse(""));
        operator.addListener(_ -> operatorNote.set("Press Enter to keep it."));
    }

    Subscription start() {
        return desk.engine()
                .profiles()
                .changes()
                .subscribe(
                        desk.background()
                                .latest(
                                        now -> {
                                            profiles.setAll(now);
                                            readUnreadable();
                                        }));
    }

    ObjectProperty<Theme> themeProperty() {
        return appearance.themeProperty();
    }

    ObjectProperty<Density> densityProperty() {
        return appearance.densityProperty();
    }

    DoubleProperty textSizeProperty() {
        return appearance.textSizeProperty();
    }

    /// Stands in the audit trail beside the name of the system's user.
    StringProperty operatorProperty() {
        return operator;
    }

    ReadOnlyStringProperty operatorNoteProperty() {
        return operatorNote.getReadOnlyProperty();
    }

    void keepOperator() {
        var name = operator.get().trim();
        desk.background()
                .run(
                        () -> desk.engine().settings().put(OPERATOR, name),
                        () -> operatorNote.set("Kept."),
                        desk.dialogs()::tell);
    }

    /// As the broker's people write it.
    String brokerName(Profile profile) {
        return desk.engine()
                .plugins()
                .connector(profile.kind())
                .map(Connector::displayName)
                .orElse(profile.kind());
    }

    ObservableList<Profile> profiles() {
        return profiles;
    }

    /// Files that could not be read; they stay where they are.
    ObservableList<Unreadable> unreadable() {
        return unreadable;
    }

    /// Kinds of brokers that could not be loaded, a sentence each.
    List<String> pluginFailures() {
        return desk.engine().plugins().failures().stream().map(Plugins.Failure::sentence).toList();
    }

    String homePath() {
        return home.toString();
    }

    String logPath() {
        return home.resolve("logs").toString();
    }

    void edit(Profile profile) {
        desk.navigation().open(new Sheet.Connect(profile));
    }

    void connect() {
        desk.navigation().open(new Sheet.Connect(null));
    }

    void importProfiles() {
        desk.dialogs().chooseFile("Import profiles", this::importFrom);
    }

    void importFrom(Path file) {
        desk.background()
                .run(
                        () -> desk.engine().profiles().importFrom(file),
                        names ->
                                desk.dialogs()
                                        .say(
                                                "Added "
                                                        + Amounts.of(
                                                                names.size(), "profile", "profiles")
                                                        + "; give their secrets under Edit."),
                        desk.dialogs()::tell);
    }

    void exportProfiles() {
        desk.dialogs()
                .chooseTarget(
                        "Export profiles", "dead-letter-office-profiles.json", this::exportTo);
    }

    void exportTo(Path file) {
        desk.background()
                .run(
                        () -> desk.engine().profiles().exportTo(file),
                        count ->
                                desk.dialogs()
                                        .say(
                                                "Wrote "
                                                        + Amounts.of(
                                                                Objects.requireNonNull(count),
                                                                "profile",
                                                                "profiles")
                                                        + " without secrets to "
                                                        + file
                                                        + "."),
                        desk.dialogs()::tell);
    }

    void copyHome() {
        desk.dialogs().copy(homePath(), "the folder's path");
    }

    private void readUnreadable() {
        desk.background()
                .run(
                        () -> desk.engine().profiles().unreadable(),
                        found -> unreadable.setAll(found),
                        desk.dialogs()::tell);
    }
}
