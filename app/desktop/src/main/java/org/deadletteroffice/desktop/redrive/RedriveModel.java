package org.deadletteroffice.desktop.redrive;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.edit.JqProgram;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Dialogs;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A redrive from the first proposal to its start: plan, rehearse, confirm. Any change of the plan
/// makes the rehearsal void. FX thread only.
public final class RedriveModel {
    /// How long an unlock of a production profile lasts.
    private static final Duration UNLOCK = Duration.ofMinutes(15);

    /// Where the operator stands; steps before it are done.
    public enum Step {
        WHAT("What"),
        WHERE("Where and how"),
        REHEARSE("Rehearse"),
        CONFIRM("Confirm");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Engine engine;
    private final Background background;
    private final Navigation navigation;
    private final Dialogs dialogs;
    private final Clock clock;
    private final Sheet.Redrive proposal;
    private final PlanForm form;
    private final Environment environment;

    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.WHERE);
    private final ReadOnlyObjectWrapper<@Nullable Preview> preview = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper rehearsing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper starting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper locked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canStart = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper programFault = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
    private final StringProperty typedName = new SimpleStringProperty("");
    private final StringProperty reason = new SimpleStringProperty("");
    private final ObservableList<String> queues = FXCollections.observableArrayList();
    private final ObservableList<String> profiles = FXCollections.observableArrayList();

    private Running rehearsal = Running.NOTHING;
    private Running listing = Running.NOTHING;
    private Running compiling = Running.NOTHING;

    public RedriveModel(Desk desk, Clock clock, Sheet.Redrive proposal) {
        engine = desk.engine();
        background = desk.background();
        navigation = desk.navigation();
        dialogs = desk.dialogs();
        this.clock = clock;
        this.proposal = proposal;
        form = new PlanForm(proposal.request());
        environment =
                engine.profiles()
                        .find(source().profile())
                        .map(Profile::environment)
                        .orElse(Environment.PRODUCTION);
        profiles.setAll(engine.profiles().all().stream().map(Profile::name).toList());
        form.onChange(_ -> planChanged());
        form.programProperty().addListener((_, _, _) -> compile());
        form.profileProperty().addListener((_, _, _) -> listQueues());
        typedName.addListener((_, _, _) -> settle());
        reason.addListener((_, _, _) -> settle());
        relock();
        listQueues();
        if (proposal.count() == 1 && proposal.exact()) {
            rehearse();
        }
    }

    // --- what -----------------------------------------------------------------------------------

    public QueueRef source() {
        return proposal.request().source();
    }

    /// `3 selected messages`, `group JsonMappingException`.
    public String scopeInWords() {
        return proposal.scopeInWords();
    }

    public boolean isProduction() {
        return environment == Environment.PRODUCTION;
    }

    public Environment environment() {
        return environment;
    }

    /// `Redrive 1,822 messages`, `Replay edited message 3-918`.
    public String title() {
        if (proposal.count() == 1) {
            return form.isEdited() ? "Replay edited message" : "Replay 1 message";
        }
        return "Redrive "
                + (proposal.exact() ? "" : "at least ")
                + Amounts.of(proposal.count(), "message", "messages");
    }

    /// Changes of key and headers that the edit made, in words; empty for none.
    public String editedWords() {
        var request = proposal.request();
        var words = new java.util.ArrayList<String>();
        if (request.change() instanceof Change.Payload) {
            words.add("payload edited");
        }
        if (request.replaceKey() != null) {
            words.add("key edited");
        }
        if (!request.headerEdits().isEmpty()) {
            words.add(Amounts.of(request.headerEdits().size(), "header", "headers") + " edited");
        }
        return String.join(" · ", words);
    }

    // --- where and how --------------------------------------------------------------------------

    public PlanForm form() {
        return form;
    }

    /// Queues of the chosen profile, for completion.
    public ObservableList<String> queues() {
        return queues;
    }

    public ObservableList<String> profiles() {
        return profiles;
    }

    /// What is wrong with a field; empty while nothing is.
    public ReadOnlyStringProperty faultProperty() {
        return fault.getReadOnlyProperty();
    }

    /// What is wrong with the jq program; empty while nothing is.
    public ReadOnlyStringProperty programFaultProperty() {
        return programFault.getReadOnlyProperty();
    }

    // --- rehearse -------------------------------------------------------------------------------

    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// Null until rehearsed, and again once the plan changed.
    public ReadOnlyObjectProperty<@Nullable Preview> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty rehearsingProperty() {
        return rehearsing.getReadOnlyProperty();
    }

    /// Runs the whole plan with nothing sent.
    public void rehearse() {
        if (!fault.get().isEmpty() || !programFault.get().isEmpty()) {
            return;
        }
        var request = form.request(null, reason.get());
        preview.set(null);
        problem.set(null);
        rehearsing.set(true);
        step.set(Step.REHEARSE);
        settle();
        rehearsal.cancel();
        rehearsal =
                background.run(
                        () -> engine.jobs().rehearse(request),
                        result -> {
                            rehearsing.set(false);
                            preview.set(result);
                            step.set(result.planned() > 0 ? Step.CONFIRM : Step.REHEARSE);
                            settle();
                        },
                        failure -> {
                            rehearsing.set(false);
                            problem.set(failure);
                            step.set(Step.WHERE);
                            settle();
                        });
    }

    // --- confirm --------------------------------------------------------------------------------

    /// The queue's name as typed; needed on production.
    public StringProperty typedNameProperty() {
        return typedName;
    }

    /// For the audit trail; needed on production.
    public StringProperty reasonProperty() {
        return reason;
    }

    /// Whether the profile is read-only just now.
    public ReadOnlyBooleanProperty lockedProperty() {
        return locked.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canStartProperty() {
        return canStart.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty startingProperty() {
        return starting.getReadOnlyProperty();
    }

    /// Null while all is well.
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Makes the profile writable for a while; the reason goes to the audit trail.
    public void unlock() {
        if (reason.get().isBlank()) {
            return;
        }
        background.run(
                () -> engine.brokers().unlock(source().profile(), UNLOCK, reason.get().strip()),
                () -> {
                    problem.set(null);
                    relock();
                },
                problem::set);
    }

    /// What the main button does next: rehearse, then start.
    public void goOn() {
        if (canStart.get()) {
            start();
        } else if (preview.get() == null && !rehearsing.get()) {
            rehearse();
        }
    }

    /// Stops a rehearsal under way and closes the sheet.
    public void close() {
        rehearsal.cancel();
        navigation.closeSheet();
    }

    private void start() {
        var rehearsed = preview.get();
        if (rehearsed == null) {
            return;
        }
        var request = form.request(rehearsed.until(), reason.get().strip());
        var name = isProduction() ? typedName.get().strip() : source().name();
        starting.set(true);
        problem.set(null);
        settle();
        background.run(
                () -> engine.jobs().start(request, name),
                job -> {
                    starting.set(false);
                    navigation.closeSheet();
                    dialogs.say(
                            "Job %s started: %s."
                                    .formatted(
                                            job,
                                            Amounts.of(rehearsed.planned(), "message", "messages")),
                            "Show job",
                            () -> navigation.open(new Place.Jobs(job)));
                },
                failure -> {
                    starting.set(false);
                    problem.set(failure);
                    relock();
                });
    }

    private void planChanged() {
        rehearsal.cancel();
        rehearsing.set(false);
        preview.set(null);
        step.set(Step.WHERE);
        settle();
    }

    private void settle() {
        var wrong = form.fault();
        fault.set(wrong == null ? "" : wrong);
        var rehearsed = preview.get();
        boolean named = typedName.get().strip().equals(source().name());
        boolean confirmed = !isProduction() || (named && !reason.get().isBlank());
        canStart.set(
                rehearsed != null
                        && rehearsed.planned() > 0
                        && confirmed
                        && !locked.get()
                        && !starting.get());
    }

    private void relock() {
        locked.set(
                isProduction()
                        && engine.brokers()
                                .unlockedUntil(source().profile())
                                .filter(until -> until.isAfter(clock.instant()))
                                .isEmpty());
        settle();
    }

    private void compile() {
        var program = form.programProperty().get();
        compiling.cancel();
        if (program.isBlank()) {
            programFault.set("");
            return;
        }
        compiling =
                background.run(
                        () -> JqProgram.compile(program),
                        _ -> programFault.set(""),
                        failure -> programFault.set(failure.sentence()));
    }

    private void listQueues() {
        var profile = form.profileProperty().get();
        listing.cancel();
        listing =
                background.run(
                        () ->
                                engine.brokers().queues(profile).stream()
                                        .map(info -> info.ref().name())
                                        .toList(),
                        (List<String> names) -> queues.setAll(names),
                        _ -> queues.clear());
    }
}
