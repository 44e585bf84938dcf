package org.deadletteroffice.desktop.triage;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.query.FilterException;
import org.jspecify.annotations.Nullable;

/// The filter of a queue: what is typed, what of it counts, what is wrong with it, and the names it
/// may use. FX thread only, but for [#learn].
public final class QueueFilter {
    private final Runnable changed;
    private final FieldNames names = new FieldNames();
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable FilterException> problem =
            new ReadOnlyObjectWrapper<>();
    private Filter filter = Filter.all();

    /// @param changed told when another filter counts
    QueueFilter(Runnable changed) {
        this.changed = changed;
    }

    /// As typed; [#apply] makes it count.
    public StringProperty textProperty() {
        return text;
    }

    /// Null while the text is understood.
    public ReadOnlyObjectProperty<@Nullable FilterException> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What the word before the caret may become.
    public List<FieldNames.Completion> complete(int caret) {
        synchronized (names) {
            return names.complete(text.get(), caret);
        }
    }

    /// Makes the text count. One that is not understood leaves the filter as it was.
    public void apply() {
        try {
            var parsed = Filter.parse(text.get());
            problem.set(null);
            if (parsed.text().equals(filter.text())) {
                return;
            }
            filter = parsed;
            changed.run();
        } catch (FilterException wrong) {
            problem.set(wrong);
        }
    }

    public void clear() {
        text.set("");
        apply();
    }

    /// Whether the filter that counts leaves anything out.
    public boolean isSet() {
        return !filter.isAll();
    }

    /// The filter that counts.
    Filter now() {
        return filter;
    }

    /// Begins afresh, telling nobody.
    void reset() {
        filter = Filter.all();
        text.set("");
        problem.set(null);
    }

    /// Takes the fields of messages for names to complete; on any thread.
    void learn(List<MessageView> messages) {
        synchronized (names) {
            messages.forEach(names::learn);
        }
    }
}
