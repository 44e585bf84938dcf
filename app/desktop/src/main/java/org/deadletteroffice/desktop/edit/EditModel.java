package org.deadletteroffice.desktop.edit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.job.HeaderPolicy;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Dialogs;
import org.deadletteroffice.desktop.shell.Navigation;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.jspecify.annotations.Nullable;

/// One message changed by hand before it is replayed: payload, key, headers. What is typed is
/// encoded back into the format it came in, and compared, off the FX thread.
public final class EditModel {
    private final Background background;
    private final Navigation navigation;
    private final Dialogs dialogs;
    private final Signal<List<Profile>> profiles;
    private final MessageView original;

    /// How the message was reached; null where its profile is gone.
    private final @Nullable Profile profile;

    private final ReadOnlyObjectWrapper<@Nullable EditStart> start = new ReadOnlyObjectWrapper<>();
    private final StringProperty text = new SimpleStringProperty("");
    private final StringProperty key = new SimpleStringProperty("");
    private final ObservableList<HeaderField> headers = FXCollections.observableArrayList();
    private final ObservableList<DiffLine> diff = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Fault> fault = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<SchemaVerdict> verdict =
            new ReadOnlyObjectWrapper<>(SchemaVerdict.NONE);
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper size = new ReadOnlyStringWrapper("");

    private final ObjectProperty<SchemaChoice> schema =
            new SimpleObjectProperty<>(SchemaChoice.OWN);

    private Running checking = Running.NOTHING;
    private byte @Nullable [] encoded;

    public EditModel(Desk desk, MessageView original) {
        background = desk.background();
        navigation = desk.navigation();
        dialogs = desk.dialogs();
        this.original = original;
        profiles = desk.engine().profiles().changes();
        profile = profile();
        encoded = original.letter().payload();
        text.addListener((_, _, _) -> stale());
        key.addListener((_, _, _) -> stale());
        schema.addListener((_, _, _) -> check());
        size.set(encoded == null ? "no payload" : Amounts.bytes(encoded.length));
        load();
    }

    private void load() {
        background.run(
                () -> EditStart.of(original),
                loaded -> {
                    begin(loaded);
                    check();
                },
                this::fail);
    }

    private void fail(Problem failure) {
        ready.set(false);
        problem.set(failure);
    }

    private @Nullable Profile profile() {
        var name = original.letter().queue().profile();
        return profiles.now().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// Whether the message's profile reaches another broker than when the message was opened. What
    /// has its id there is another message.
    public boolean isElsewhere() {
        var now = profile();
        return profile != null && now != null && !profile.isSameBroker(now);
    }

    private void begin(EditStart loaded) {
        start.set(loaded);
        text.set(loaded.text());
        key.set(loaded.key());
        headers.clear();
        loaded.headers().forEach((header, repeats) -> addField(HeaderField.of(header, repeats)));
        changes.set(0);
        changed.set(false);
        fault.set(null);
        diff.clear();
        verdict.set(SchemaVerdict.NONE);
        problem.set(null);
        ready.set(true);
    }

    /// Null until the payload was made ready for editing.
    public ReadOnlyObjectProperty<@Nullable EditStart> startProperty() {
        return start.getReadOnlyProperty();
    }

    /// The text where the payload can be edited as such, else hex.
    public StringProperty textProperty() {
        return text;
    }

    public StringProperty keyProperty() {
        return key;
    }

    public boolean hasKey() {
        return original.letter().key() != null;
    }

    /// Headers that travel on; those that tell of the death are left behind anyway.
    public ObservableList<HeaderField> headers() {
        return headers;
    }

    /// What differs from the original, payload first.
    public ObservableList<DiffLine> diff() {
        return diff;
    }

    /// Why the text cannot be sent; null while it can.
    public ReadOnlyObjectProperty<@Nullable Fault> faultProperty() {
        return fault.getReadOnlyProperty();
    }

    /// Whether it fits its schema, as far as was checked; it may be sent all the same.
    public ReadOnlyObjectProperty<SchemaVerdict> verdictProperty() {
        return verdict.getReadOnlyProperty();
    }

    /// Which schema it is held against.
    public ObjectProperty<SchemaChoice> schemaProperty() {
        return schema;
    }

    /// The newest schema under the name that messages of the destination have.
    public SchemaChoice.Latest latestSchema() {
        var topic = destination().isEmpty() ? original.letter().queue().name() : destination();
        return new SchemaChoice.Latest(SchemaChoice.subjectOf(topic));
    }

    public void chooseSchemaFile() {
        dialogs.chooseFile(
                "Check against a schema file", file -> schema.set(new SchemaChoice.InFile(file)));
    }

    /// What went wrong in making the payload ready or in checking; null while all is well.
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }

    /// How many places differ: payload, key, headers.
    public ReadOnlyIntegerProperty changesProperty() {
        return changes.getReadOnlyProperty();
    }

    /// Whether what is typed was checked and can be sent.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// `412 B`, or how it changed.
    public ReadOnlyStringProperty sizeProperty() {
        return size.getReadOnlyProperty();
    }

    public MessageView original() {
        return original;
    }

    /// The origin's name; empty where it is not known.
    public String destination() {
        var queue = original.failure().origin().queue();
        return queue == null ? "" : queue;
    }

    public void addHeader() {
        addField(HeaderField.added());
    }

    public void removeHeader(HeaderField field) {
        if (field.isAdded()) {
            headers.remove(field);
        } else {
            field.droppedProperty().set(!field.droppedProperty().get());
        }
        stale();
    }

    /// Everything as it came.
    public void revert() {
        var loaded = start.get();
        if (loaded != null) {
            checking.cancel();
            begin(loaded);
        }
    }

    /// Encodes what is typed and compares it; call when typing rests.
    public void check() {
        var from = start.get();
        if (from == null) {
            return;
        }
        var typed = text.get();
        var typedKey = key.get();
        var edits = headerEdits();
        var against = schema.get();
        checking.cancel();
        checking =
                background.run(
                        () -> EditCheck.of(original, from, typed, typedKey, edits, against),
                        result -> {
                            problem.set(null);
                            show(result, edits.size());
                        },
                        this::fail);
    }

    /// Does once more what went wrong.
    void again() {
        if (start.get() == null) {
            load();
        } else {
            check();
        }
    }

    /// Goes on to the rehearsal of this one message.
    public void replay() {
        var from = start.get();
        if (!ready.get() || from == null) {
            return;
        }
        var letter = original.letter();
        if (isElsewhere()) {
            dialogs.tell(
                    new Problem(
                            Problem.Kind.MISSING,
                            "The profile "
                                    + letter.queue().profile()
                                    + " reaches another broker by now; this message lies on the"
                                    + " one before.",
                            "Point the profile back, or open the message anew where it lies.",
                            null));
            return;
        }
        var scope = new Scope.Ids(List.of(letter.id()));
        var payload = encoded;
        var change =
                payload == null || Arrays.equals(payload, letter.payload())
                        ? new Change.None()
                        : new Change.Payload(payload);
        var request =
                RedriveRequest.of(letter.queue(), scope)
                        .change(change)
                        .replaceKey(newKey(from, key.get()))
                        .headers(new HeaderPolicy(false, false, headerEdits()))
                        .includeResolved(original.fate().resolved())
                        .build();
        navigation.open(
                new Sheet.Redrive(
                        request,
                        1,
                        true,
                        (changed.get() ? "edited message " : "message ") + letter.id()));
    }

    /// Leaves everything as it was.
    public void close() {
        checking.cancel();
        navigation.closeSheet();
    }

    private void stale() {
        ready.set(false);
    }

    private void show(EditCheck result, int headerChanges) {
        fault.set(result.fault());
        diff.setAll(result.diff());
        verdict.set(result.verdict());
        if (result.fault() != null) {
            ready.set(false);
            return;
        }
        encoded = result.bytes();
        int count =
                (result.payloadChanged() ? 1 : 0) + (result.keyChanged() ? 1 : 0) + headerChanges;
        changes.set(count);
        changed.set(count > 0);
        ready.set(true);
        var was = original.letter().payload();
        var now = result.bytes();
        size.set(
                was == null || now == null
                        ? "no payload"
                        : was.length == now.length
                                ? Amounts.bytes(now.length)
                                : Amounts.bytes(was.length) + " → " + Amounts.bytes(now.length));
    }

    private List<HeaderEdit> headerEdits() {
        var edits = new ArrayList<HeaderEdit>();
        for (var field : headers) {
            if (field.droppedProperty().get()) {
                edits.add(new HeaderEdit.Drop(field.nameProperty().get()));
            } else if (field.isChanged()) {
                edits.add(
                        new HeaderEdit.Set(
                                field.nameProperty().get().strip(), field.valueProperty().get()));
            }
        }
        return edits;
    }

    private byte @Nullable [] newKey(EditStart from, String typed) {
        if (typed.equals(from.key())) {
            return null;
        }
        if (!from.keyHex()) {
            return typed.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Editing.parseHex(typed);
        } catch (EditException checkedBefore) {
            throw new IllegalStateException("a key that was not checked", checkedBefore);
        }
    }

    private void addField(HeaderField field) {
        field.nameProperty().addListener((_, _, _) -> stale());
        field.valueProperty().addListener((_, _, _) -> stale());
        headers.add(field);
    }
}
