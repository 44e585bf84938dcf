package org.deadletteroffice.desktop.purge;

import java.time.Clock;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.deadletteroffice.core.archive.Retention;
import org.deadletteroffice.core.job.PurgePreview;
import org.deadletteroffice.core.job.PurgeRequest;
import org.deadletteroffice.desktop.fx.Background.Work;
import org.deadletteroffice.desktop.plan.PlanModel;
import org.deadletteroffice.desktop.plan.Step;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.QueueKind;
import org.jspecify.annotations.Nullable;

/// A purge from the first proposal to its start. FX thread only.
public final class PurgeModel extends PlanModel<PurgePreview> {
    /// A plan of at most so many messages is rehearsed without being asked for.
    private static final long FEW = 1_000;

    private final Sheet.Purge proposal;
    private final BooleanProperty archived = new SimpleBooleanProperty(true);
    private final BooleanProperty trimmed = new SimpleBooleanProperty(true);

    public PurgeModel(Desk desk, Clock clock, Sheet.Purge proposal) {
        super(desk, clock, proposal.source(), List.of(Step.WHAT, Step.REHEARSE, Step.CONFIRM));
        this.proposal = proposal;
        archived.addListener((_, _, keeps) -> copiesChosen(keeps));
        trimmed.addListener((_, _, _) -> rehearsal().forget());
        if (proposal.exact() && proposal.count() <= FEW) {
            rehearse();
        }
    }

    /// `3 selected messages`, `group JsonMappingException`.
    public String scopeInWords() {
        return proposal.scopeInWords();
    }

    @Override
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
        return Retention.of(desk().engine().settings()).words();
    }

    @Override
    public void rehearse() {
        var request = request();
        rehearsal().start(() -> desk().engine().jobs().rehearse(request));
    }

    @Override
    protected long planned(PurgePreview rehearsed) {
        return rehearsed.planned();
    }

    @Override
    protected Work<String> starting(PurgePreview rehearsed, @Nullable String name) {
        var request = request().upTo(rehearsed.until());
        return () -> desk().engine().jobs().start(request, name);
    }

    @Override
    protected String started(PurgePreview rehearsed, String job) {
        return "Purging "
                + Amounts.of(rehearsed.planned(), "message", "messages")
                + " from "
                + source().name()
                + ".";
    }

    private PurgeRequest request() {
        return new PurgeRequest(
                source(),
                proposal.scope(),
                null,
                archived.get(),
                trimmed.get(),
                confirmation().reason());
    }

    /// Without copies the act is final, so the queue's name is asked for everywhere.
    private void copiesChosen(boolean keeps) {
        confirmation().needsNameProperty().set(!keeps || confirmation().isProduction());
        rehearsal().forget();
    }
}
