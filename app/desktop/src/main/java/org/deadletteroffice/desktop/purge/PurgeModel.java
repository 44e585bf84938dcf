package org.deadletteroffice.desktop.purge;

import java.time.Clock;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.deadletteroffice.core.archive.Retention;
import org.deadletteroffice.core.job.PurgePreview;
import org.deadletteroffice.core.job.PurgeRequest;
import org.deadletteroffice.desktop.plan.Confirmation;
import org.deadletteroffice.desktop.plan.Rehearsing;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A purge from the first proposal to its start: what, rehearse, confirm. A change of the plan
/// makes the rehearsal void. FX thread only.
public final class PurgeModel {
    /// A plan of at most so many messages is rehearsed without being asked for.
    private static final long FEW = 1_000;

    /// Where the operator stands; steps before it are done.
    public enum Step {
        WHAT("What"),
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

    private final Desk desk;
    private final Sheet.Purge proposal;
    private final Confirmation confirmation;
    private final Rehearsing<PurgePreview> rehearsal;
    private final BooleanProperty archived = new SimpleBooleanProperty(true);
    private final BooleanProperty trimmed = new SimpleBooleanProperty(true);
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.WHAT);
    private final ReadOnlyBooleanWrapper starting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canStart = new ReadOnlyBooleanWrapper();

    public PurgeModel(Desk desk, Clock clock, Sheet.Purge proposal) {
        this.desk = desk;
        this.proposal = proposal;
        confirmation = new Confirmation(desk, clock, source());
        rehearsal = new Rehearsing<>(desk.background(), this::settle);
        confirmation.givenProperty().addListener((_, _, _) -> settle());
        confirmation.lockedProperty().addListener((_, _, _) -> rehearsal.fail(null));
        archived.addListener((_, _, keeps) -> copiesChosen(keeps));
        trimmed.addListener((_, _, _) -> rehearsal.forget());
        if (proposal.exact() && proposal.count() <= FEW) {
            rehearse();
        }
    }

    public QueueRef source() {
        return proposal.source();
    }

    /// `3 selected messages`, `group JsonMappingException`.
    public String scopeInWords() {
        return proposal.scopeInWords();
    }

    /// `Purge 1,822 messages`.
    public String title() {
        return "Purge "
                + (proposal.exact() ? "" : "at least ")
                + Amounts.of(proposal.count(), "message", "messages");
    }

    /// Whether the queue keeps its messages, so that they can only be hidden and trimmed.
    public boolean isLog() {
        return source().kind() == QueueKind.TOPIC;
    }

    /// Whether a copy of each message is made first, from which it can be put back.
    public BooleanProperty archivedProperty() {
        return archived;
    }

    /// Whether a log is trimmed up to its first message that nobody has dealt with.
    public BooleanProperty trimmedProperty() {
        return trimmed;
    }

    /// `30 days or up to 2.0 GiB`.
    public String keptFor() {
        return Retention.of(desk.engine().settings()).words();
    }

    public Confirmation confirmation() {
        return confirmation;
    }

    /// What was found, and what went wrong; void once the plan changed.
    public Rehearsing<PurgePreview> rehearsal() {
        return rehearsal;
    }

    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canStartProperty() {
        return canStart.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty startingProperty() {
        return starting.getReadOnlyProperty();
    }

    /// Reads all that is meant and takes nothing.
    public void rehearse() {
        var request = request();
        rehearsal.start(() -> desk.engine().jobs().rehearse(request));
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
        desk.navigation().closeSheet();
    }

    private void start() {
        var rehearsed = preview();
        if (rehearsed == null) {
            return;
        }
        var request = request().upTo(rehearsed.until());
        var name = confirmation.name();
        starting.set(true);
        rehearsal.fail(null);
        settle();
        desk.background()
                .run(
                        () -> desk.engine().jobs().start(request, name),
                        job -> {
                            starting.set(false);
                            desk.navigation().closeSheet();
                            desk.dialogs()
                                    .say(
                                            "Purging "
                                                    + Amounts.of(
                                                            rehearsed.planned(),
                                                            "message",
                                                            "messages")
                                                    + " from "
                                                    + source().name()
                                                    + ".",
                                            "Show job",
                                            () -> desk.navigation().open(new Place.Jobs(job)));
                        },
                        failure -> {
                            starting.set(false);
                            confirmation.relock();
                            rehearsal.fail(failure);
                            settle();
                        });
    }

    private PurgeRequest request() {
        return new PurgeRequest(
                source(),
                proposal.scope(),
                null,
                archived.get(),
                trimmed.get(),
                confirmation.reason());
    }

    /// Without copies the act is final, so the queue's name is asked for everywhere.
    private void copiesChosen(boolean keeps) {
        confirmation.needsNameProperty().set(!keeps || confirmation.isProduction());
        rehearsal.forget();
    }

    private @Nullable PurgePreview preview() {
        return rehearsal.previewProperty().get();
    }

    private void settle() {
        var rehearsed = preview();
        boolean running = rehearsal.runningProperty().get();
        boolean takes = rehearsed != null && rehearsed.planned() > 0;
        step.set(takes ? Step.CONFIRM : running || rehearsed != null ? Step.REHEARSE : Step.WHAT);
        canStart.set(takes && confirmation.givenProperty().get() && !starting.get());
    }
}
