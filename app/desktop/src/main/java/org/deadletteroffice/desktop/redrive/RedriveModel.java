package org.deadletteroffice.desktop.redrive;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
import org.deadletteroffice.core.job.PreviewJson;
import org.deadletteroffice.core.schema.SchemaRule;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Background.Work;
import org.deadletteroffice.desktop.plan.PlanModel;
import org.deadletteroffice.desktop.plan.Step;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// A redrive from the first proposal to its start. FX thread only.
public final class RedriveModel extends PlanModel<Preview> {
    private final Engine engine;
    private final Background background;
    private final Sheet.Redrive proposal;
    private final PlanForm form;
    private final HeaderPlan headers;

    private final ReadOnlyObjectWrapper<ScopeSample> sample =
            new ReadOnlyObjectWrapper<>(ScopeSample.NOTHING);
    private final StringProperty schema = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper programFault = new ReadOnlyStringWrapper("");
    private final ObservableList<String> queues = FXCollections.observableArrayList();
    private final ObservableList<String> profiles = FXCollections.observableArrayList();

    private Running listing = Running.NOTHING;
    private Running compiling = Running.NOTHING;

    public RedriveModel(Desk desk, Clock clock, Sheet.Redrive proposal) {
        super(
                desk,
                clock,
                proposal.request().source(),
                List.of(Step.WHAT, Step.WHERE, Step.REHEARSE, Step.CONFIRM));
        engine = desk.engine();
        background = desk.background();
        this.proposal = proposal;
        form = new PlanForm(proposal.request());
        headers = new HeaderPlan(desk, source(), form);
        profiles.setAll(engine.profiles().all().stream().map(profile -> profile.name()).toList());
        form.onChange(_ -> rehearsal().forget());
        schema.addListener((_, _, _) -> rehearsal().forget());
        form.repair().programProperty().addListener((_, _, _) -> compile());
        form.repair().wayProperty().addListener((_, _, _) -> compile());
        form.profileProperty().addListener((_, _, _) -> listQueues());
        programFault.addListener((_, _, _) -> settle());
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

    /// `3 selected messages`, `group JsonMappingException`.
    public String scopeInWords() {
        return proposal.scopeInWords();
    }

    @Override
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
        var words = new ArrayList<String>();
        if (request.change() instanceof Change.Payload) {
            words.add("payload edited");
        }
        if (request.replaceKey() != null) {
            words.add("key edited");
        }
        if (!request.headers().edits().isEmpty()) {
            words.add(
                    Amounts.of(request.headers().edits().size(), "header", "headers") + " edited");
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

    /// Which schema a rehearsal holds each message against, as [SchemaRule] reads it; empty for
    /// none.
    public StringProperty schemaProperty() {
        return schema;
    }

    /// Asks for a schema file; nothing changes before there is one.
    public void chooseSchemaFile() {
        desk().dialogs()
                .chooseFile("Check against a schema file", file -> schema.set(file.toString()));
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

    // --- rehearse and start ---------------------------------------------------------------------

    /// Asks for a file and writes the rehearsal to it as JSON. Nothing happens before there is one.
    public void export() {
        if (preview() != null) {
            desk().dialogs()
                    .chooseTarget(
                            "Export the rehearsal",
                            "rehearsal-" + source().name() + ".json",
                            this::exportTo);
        }
    }

    void exportTo(Path file) {
        var rehearsed = preview();
        if (rehearsed == null) {
            return;
        }
        var request = form.request(rehearsed.until(), confirmation().reason());
        background.run(
                () -> PreviewJson.write(file, request, rehearsed),
                () -> desk().dialogs().say("Wrote the rehearsal to " + file + "."),
                desk().dialogs()::tell);
    }

    @Override
    public void rehearse() {
        if (isSound()) {
            var request = form.request(null, confirmation().reason());
            var rule = schema.get();
            rehearsal()
                    .start(
                            () ->
                                    engine.jobs()
                                            .rehearse(
                                                    request,
                                                    rule.isEmpty() ? null : SchemaRule.of(rule)));
        }
    }

    @Override
    protected boolean concerns(String profile) {
        return profile.equals(form.profileProperty().get());
    }

    @Override
    protected boolean isSound() {
        return fault.get().isEmpty() && programFault.get().isEmpty();
    }

    @Override
    protected long planned(Preview rehearsed) {
        return rehearsed.planned();
    }

    @Override
    protected Work<String> starting(Preview rehearsed, @Nullable String name) {
        var request = form.request(rehearsed.until(), confirmation().reason());
        return () -> engine.jobs().start(request, name);
    }

    @Override
    protected String started(Preview rehearsed, String job) {
        return "Job %s started: %s."
                .formatted(job, Amounts.of(rehearsed.planned(), "message", "messages"));
    }

    @Override
    protected void settle() {
        var wrong = form.fault();
        fault.set(wrong == null ? "" : wrong);
        super.settle();
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
