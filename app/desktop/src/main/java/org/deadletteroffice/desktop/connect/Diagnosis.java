package org.deadletteroffice.desktop.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.control.CheckList;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.jspecify.annotations.Nullable;

/// A look at a broker, step by step, before its profile is saved.
final class Diagnosis {
    private final Desk desk;
    private final ObservableList<CheckList.Step> steps = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper found = new ReadOnlyStringWrapper("");
    private Running running = Running.NOTHING;

    Diagnosis(Desk desk) {
        this.desk = desk;
    }

    ObservableList<CheckList.Step> steps() {
        return steps;
    }

    ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    /// How many dead-letter queues there are: `3 found`; empty while not known.
    ReadOnlyStringProperty foundProperty() {
        return found.getReadOnlyProperty();
    }

    void stop() {
        running.cancel();
        looking.set(false);
    }

    void forget() {
        stop();
        steps.clear();
        found.set("");
    }

    /// Begins anew; an earlier look is given up.
    void look(ProfileSchema schema, Profile profile, Map<String, Secret> secrets) {
        forget();
        looking.set(true);
        Consumer<List<CheckList.Step>> show = desk.background().latest(steps::setAll);
        running =
                desk.background()
                        .run(
                                () -> walk(schema, profile, secrets, show),
                                text -> {
                                    looking.set(false);
                                    found.set(text);
                                },
                                problem -> {
                                    looking.set(false);
                                    steps.add(
                                            new CheckList.Step(
                                                    "Connection check",
                                                    CheckList.State.FAILED,
                                                    problem.sentence(),
                                                    problem.remedy()));
                                });
    }

    private String walk(
            ProfileSchema schema,
            Profile profile,
            Map<String, Secret> secrets,
            Consumer<List<CheckList.Step>> show)
            throws Exception {
        var seen = new LinkedHashMap<String, CheckList.Step>();
        var brokers = desk.engine().brokers();
        brokers.test(
                profile,
                secrets,
                check -> {
                    seen.put(check.name(), step(schema, check));
                    show.accept(List.copyOf(seen.values()));
                });
        try {
            var dead =
                    brokers.queues(profile, secrets).stream()
                            .filter(queue -> queue.role() == QueueRole.DEAD_LETTER)
                            .count();
            return Amounts.of(dead) + " found";
        } catch (BrokerException unseen) {
            // The steps have told why already.
            if (seen.values().stream().anyMatch(step -> step.state() == CheckList.State.FAILED)) {
                return "";
            }
            throw unseen;
        }
    }

    private static CheckList.Step step(ProfileSchema schema, Check check) {
        var state =
                switch (check.state()) {
                    case WAITING -> CheckList.State.WAITING;
                    case RUNNING -> CheckList.State.RUNNING;
                    case PASSED -> CheckList.State.PASSED;
                    case WARNING -> CheckList.State.WARNING;
                    case FAILED -> CheckList.State.FAILED;
                    case SKIPPED -> CheckList.State.SKIPPED;
                };
        return new CheckList.Step(
                check.name(), state, check.detail(), words(schema, check.remedy()));
    }

    /// A field is named as the form names it.
    private static String words(ProfileSchema schema, @Nullable Remedy remedy) {
        if (remedy instanceof Remedy.Edit(var name)) {
            return schema.field(name)
                    .map(field -> "Check the field “" + field.label() + "”.")
                    .orElse(remedy.sentence());
        }
        return remedy == null ? "" : remedy.sentence();
    }
}
