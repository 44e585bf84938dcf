package org.deadletteroffice.desktop.redrive;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.edit.JqProgram;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.plan.Confirmation;
import org.deadletteroffice.desktop.plan.Rehearsing;
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
    private final Sheet.Redrive proposal;
    private final PlanForm form;
    private final HeaderPlan headers;
    private final Confirmation confirmation;
    private final Rehearsing<Preview> rehearsal;

    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.WHERE);
    private final ReadOnlyObjectWrapper<ScopeSample> sample =
            new ReadOnlyObjectWrapper<>(ScopeSample.NOTHING);
    private final ReadOnlyBooleanWrapper starting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canStart = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper programFault = new ReadOnlyStringWrapper("");
    private final ObservableList<String> queues = FXCollections.observableArrayList();
    private final ObservableList<String> profiles = FXCollections.observableArrayList();

    private Running listing = Running.NOTHING;
    private Running compiling = Running.NOTHING;

    public RedriveModel(Desk desk, Clock clock, Sheet.Redrive proposal) {
        engine = desk.engine();
        background = desk.background();
        navigation = desk.navigation();
        dialogs = desk.dialogs();
        this.proposal = proposal;
        form = new PlanForm(proposal.request());
        headers = new HeaderPlan(desk, source(), form);
        confirmation = new Confirmation(desk, clock, source());
        rehearsal = new Rehearsing<>(background, this::settle);
        profiles.setAll(engine.profiles().all().stream().map(profile -> profile.name()).toList());
        form.onChange(_ -> rehearsal.forget());
        form.repair().programProperty().addListener((_, _, _) -> compile());
        form.repair().wayProperty().addListener((_, _, _) -> compile());
        form.profileProperty().addListener((_, _, _) -> listQueues());
        confirmation.givenProperty().addListener((_, _, _) -> settle());
        confirmation.lockedProperty().addListener((_, _, _) -> rehearsal.fail(null));
        settle();
        listQueues();
        var request = proposal.request();
        // Nothing hangs on the sample: the rehearsal tells of a broker that does not answer.
        background.run(() -> ScopeSample.read(engine.messages(), request), this::sampled, _ -> {});
        headers.load(this::begin);
    }

    /// One message that was read costs nothing to rehearse.
    private void begin() {
        if (proposal.count() == 1 && proposal.exact()) {
            rehearse();
        }
    }

    private void sampled(ScopeSample read) {
        sample.set(read);
        headers.show(read);
    }

    // --- what -----------------------------------------------------------------------------------

    public QueueRef source() {
        return proposal.request().source();
    }

    /// `3 selected messages`, `group JsonMappingException`.
    public String scopeInWords() {
        return proposal.scopeInWords();
    }

    /// `Redrive 1,822 messages`, `Replay edited message 3-918`.
    public String title() {
        if (proposal.count() == 1) {
            return form.repair().isEdited() ? "Replay edited message" : "Replay 1 message";
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

    /// The readers on which the messages died, as far as a few of them tell.
    Set<String> failedReaders() {
        return sample.get().failedReaders();
    }

    // --- where and how --------------------------------------------------------------------------

    public PlanForm form() {
        return form;
    }

    /// What becomes of the headers.
    public HeaderPlan headers() {
        return headers;
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

    /// What was found, and what went wrong; void once the plan changed.
    public Rehearsing<Preview> rehearsal() {
        return rehearsal;
    }

    /// Runs the whole plan with nothing sent.
    public void rehearse() {
        if (!fault.get().isEmpty() || !programFault.get().isEmpty()) {
            return;
        }
        var request = form.request(null, confirmation.reason());
        rehearsal.start(() -> engine.jobs().rehearse(request));
    }

    // --- confirm --------------------------------------------------------------------------------

    public Confirmation confirmation() {
        return confirmation;
    }

    public ReadOnlyBooleanProperty canStartProperty() {
        return canStart.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty startingProperty() {
        return starting.getReadOnlyProperty();
    }

    /// What the main button does next: rehearse, then start.
    public void goOn() {
        if (canStart.get()) {
            start();
        } else if (preview() == null && !rehearsal.runningProperty().get()) {
            rehearse();
        }
    }

    /// Stops a rehearsal under way and closes the sheet.
    public void close() {
        rehearsal.cancel();
        navigation.closeSheet();
    }

    private void start() {
        var rehearsed = preview();
        if (rehearsed == null) {
            return;
        }
        var request = form.request(rehearsed.until(), confirmation.reason());
        var name = confirmation.name();
        starting.set(true);
        rehearsal.fail(null);
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
                    confirmation.relock();
                    rehearsal.fail(failure);
                    settle();
                });
    }

    private @Nullable Preview preview() {
        return rehearsal.previewProperty().get();
    }

    private void settle() {
        var wrong = form.fault();
        fault.set(wrong == null ? "" : wrong);
        var rehearsed = preview();
        boolean running = rehearsal.runningProperty().get();
        boolean sends = rehearsed != null && rehearsed.planned() > 0;
        step.set(sends ? Step.CONFIRM : running || rehearsed != null ? Step.REHEARSE : Step.WHERE);
        canStart.set(sends && confirmation.givenProperty().get() && !starting.get());
    }

    private void compile() {
        var program = form.repair().programProperty().get();
        compiling.cancel();
        if (program.isBlank() || form.repair().wayProperty().get() != RepairForm.Way.JQ) {
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
