package org.deadletteroffice.desktop.move;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.job.MovePreview;
import org.deadletteroffice.core.job.MoveRequest;
import org.deadletteroffice.desktop.fx.Background.Work;
import org.deadletteroffice.desktop.plan.PlanModel;
import org.deadletteroffice.desktop.plan.Step;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.QueueInfo;
import org.jspecify.annotations.Nullable;

/// A move of a whole queue by the broker itself, from the first proposal to its start. Its
/// rehearsal looks at no message. FX thread only.
public final class MoveModel extends PlanModel<MovePreview> {
    private final StringProperty destination = new SimpleStringProperty("");
    private final StringProperty perSecond = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
    private final ObservableList<String> queues = FXCollections.observableArrayList();

    public MoveModel(Desk desk, Clock clock, Sheet.Move proposal) {
        super(desk, clock, proposal.source(), List.of(Step.WHAT, Step.REHEARSE, Step.CONFIRM));
        destination.addListener((_, _, _) -> changed());
        perSecond.addListener((_, _, _) -> changed());
        settle();
        desk.background()
                .run(
                        () -> desk.engine().brokers().queues(source().profile()),
                        this::propose,
                        // The rehearsal tells of a broker that does not answer.
                        _ -> rehearse());
    }

    /// Where all messages died in one queue, that one is named.
    private void propose(List<QueueInfo> all) {
        var names = new ArrayList<String>();
        for (var info : all) {
            if (!info.ref().equals(source())) {
                names.add(info.ref().name());
            } else if (info.feeds().size() == 1 && destination.get().isEmpty()) {
                destination.set(info.feeds().getFirst());
            }
        }
        queues.setAll(names);
        if (preview() == null && isSound()) {
            rehearse();
        }
    }

    @Override
    public String title() {
        return "Move " + source().name() + " by the broker";
    }

    /// The queue they go to; empty for each message's origin.
    public StringProperty destinationProperty() {
        return destination;
    }

    /// How many a second at most; empty for as fast as the broker likes.
    public StringProperty perSecondProperty() {
        return perSecond;
    }

    /// What is wrong with a field; empty while nothing is.
    public ReadOnlyStringProperty faultProperty() {
        return fault.getReadOnlyProperty();
    }

    /// The other queues of the profile, for completion.
    public ObservableList<String> queues() {
        return queues;
    }

    @Override
    public void rehearse() {
        if (isSound()) {
            var request = request();
            rehearsal().start(() -> desk().engine().jobs().rehearse(request));
        }
    }

    @Override
    protected boolean isSound() {
        return fault.get().isEmpty();
    }

    @Override
    protected long planned(MovePreview rehearsed) {
        return rehearsed.messages().value();
    }

    @Override
    protected Work<String> starting(MovePreview rehearsed, @Nullable String name) {
        var request = request().after(rehearsed);
        return () -> desk().engine().jobs().start(request, name);
    }

    @Override
    protected String started(MovePreview rehearsed, String job) {
        return "The broker moves "
                + Amounts.of(planned(rehearsed), "message", "messages")
                + " from "
                + source().name()
                + ".";
    }

    private void changed() {
        fault.set(
                rate() == null && !perSecond.get().isBlank()
                        ? "The pace is a whole number of messages a second, or empty."
                        : "");
        rehearsal().forget();
    }

    private MoveRequest request() {
        var to = destination.get().strip();
        return new MoveRequest(source(), to.isEmpty() ? null : to, rate(), confirmation().reason());
    }

    private @Nullable Integer rate() {
        var typed = perSecond.get().strip();
        return typed.matches("0*[1-9]\\d{0,8}") ? Integer.valueOf(typed) : null;
    }
}
