package org.deadletteroffice.desktop.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.metrics.BrokerState;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.desktop.text.JobWords;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;

/// Finds a queue, a job or an act by some of its letters, and a message by its id.
final class PaletteModel {
    private static final int MOST = 60;

    /// What a hit is.
    enum Kind {
        MESSAGE,
        QUEUE,
        JOB,
        SCREEN,
        ACT,
        AUDIT
    }

    /// @param note what tells it from others of the same name
    /// @param keys that do the same; may be empty
    record Hit(Kind kind, String name, String note, String keys, Runnable act) {}

    private final Desk desk;
    private final List<Hit> acts;
    private final PaletteMessages messages;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableList<Hit> hits = FXCollections.observableArrayList();

    /// @param acts that are always there
    PaletteModel(Desk desk, List<Hit> acts) {
        this.desk = desk;
        this.acts = List.copyOf(acts);
        messages = new PaletteMessages(desk);
        query.addListener(_ -> search());
    }

    StringProperty queryProperty() {
        return query;
    }

    ObservableList<Hit> hits() {
        return hits;
    }

    void search() {
        var words = query.get().trim().toLowerCase(Locale.ROOT);
        var found = new ArrayList<Hit>();
        queues(words, found);
        acts.stream().filter(hit -> matches(words, hit)).forEach(found::add);
        jobs(words, found);
        if (!words.isEmpty()) {
            var text = query.get().trim();
            found.add(
                    new Hit(
                            Kind.AUDIT,
                            "Find “" + text + "” in the audit trail",
                            "",
                            "",
                            () -> desk.navigation().open(new Place.Audit(text))));
        }
        hits.setAll(found.subList(0, Math.min(MOST, found.size())));
        var id = query.get().trim();
        messages.seek(
                id, queues -> hits.addAll(0, queues.stream().map(at -> message(id, at)).toList()));
    }

    private Hit message(String id, QueueRef queue) {
        return new Hit(
                Kind.MESSAGE,
                "Message " + id + " in " + queue.name(),
                queue.profile(),
                "",
                () -> desk.navigation().open(new Place.Triage(queue, new MessageId(id))));
    }

    private void queues(String words, List<Hit> found) {
        for (BrokerState state : desk.engine().metrics().states().now()) {
            for (var queue : state.queues()) {
                if (words.isEmpty() && queue.role() != QueueRole.DEAD_LETTER) {
                    continue;
                }
                var hit =
                        new Hit(
                                Kind.QUEUE,
                                queue.ref().name(),
                                note(state.profile(), Amounts.of(queue.depth())),
                                "",
                                () -> desk.navigation().open(new Place.Triage(queue.ref(), null)));
                if (matches(words, hit)) {
                    found.add(hit);
                }
            }
        }
    }

    private void jobs(String words, List<Hit> found) {
        for (var job : desk.engine().jobs().changes().now()) {
            var hit =
                    new Hit(
                            Kind.JOB,
                            JobWords.title(job),
                            JobWords.route(job) + " · " + JobWords.of(job.state()),
                            "",
                            () -> desk.navigation().open(new Place.Jobs(job.id())));
            if (matches(words, hit)) {
                found.add(hit);
            }
        }
    }

    private static String note(Profile profile, String depth) {
        return profile.name() + " · " + depth;
    }

    private static boolean matches(String words, Hit hit) {
        var text = (hit.name() + " " + hit.note()).toLowerCase(Locale.ROOT);
        return words.isEmpty() || List.of(words.split("\\s+")).stream().allMatch(text::contains);
    }
}
