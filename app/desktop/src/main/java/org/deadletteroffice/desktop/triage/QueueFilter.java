package org.deadletteroffice.desktop.triage;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.query.Period;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.jspecify.annotations.Nullable;

/// The filter of a queue: what is typed, what of it counts, what is wrong with it, and the names it
/// may use. FX thread only, but for [#learn].
public final class QueueFilter {
    private final Background background;
    private final Language language;
    private final Runnable changed;
    private final FieldNames names = new FieldNames();
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable OperatorException> problem =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Filter> filter = new ReadOnlyObjectWrapper<>(Filter.all());
    private Running parsing = Running.NOTHING;

    /// @param filter null where `wrong` says why there is none
    private record Parsed(@Nullable Filter filter, @Nullable OperatorException wrong) {}

    /// What makes a filter of a text.
    @FunctionalInterface
    interface Language {
        Filter parse(String typed) throws OperatorException;
    }

    /// @param language on any thread
    /// @param changed told when another filter counts
    QueueFilter(Background background, Language language, Runnable changed) {
        this.background = background;
        this.language = language;
        this.changed = changed;
    }

    /// As typed; [#apply] makes it count.
    public StringProperty textProperty() {
        return text;
    }

    /// Null while the text is understood.
    public ReadOnlyObjectProperty<@Nullable OperatorException> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What the word before the caret may become.
    public List<FieldNames.Completion> complete(int caret) {
        synchronized (names) {
            return names.complete(text.get(), caret);
        }
    }

    /// Makes the text count. One that is not understood leaves the filter as it was. The first
    /// expression takes a moment, in which its language is loaded.
    public void apply() {
        var typed = text.get();
        parsing.cancel();
        parsing = background.run(() -> parse(typed), this::take, _ -> {});
    }

    private Parsed parse(String typed) {
        try {
            return new Parsed(language.parse(typed), null);
        } catch (OperatorException wrong) {
            return new Parsed(null, wrong);
        }
    }

    private void take(Parsed parsed) {
        problem.set(parsed.wrong());
        var next = parsed.filter();
        if (next != null && !next.text().equals(filter.get().text())) {
            filter.set(next);
            changed.run();
        }
    }

    /// Narrows what counts to a period, or widens it to [Period#EVER].
    void within(Period period) {
        text.set(Period.within(text.get(), period));
        apply();
    }

    public void clear() {
        text.set("");
        apply();
    }

    /// The filter that counts, for who watches it.
    ReadOnlyObjectProperty<Filter> nowProperty() {
        return filter.getReadOnlyProperty();
    }

    /// Whether it leaves out other times.
    boolean hasPeriod() {
        return !filter.get().period().isEver();
    }

    /// Whether the filter that counts leaves anything out.
    public boolean isSet() {
        return !filter.get().isAll();
    }

    /// The filter that counts.
    Filter now() {
        return filter.get();
    }

    /// Begins afresh, telling nobody.
    void reset() {
        parsing.cancel();
        filter.set(Filter.all());
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
