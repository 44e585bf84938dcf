package org.deadletteroffice.desktop.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.edit.DiffLine.Kind;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.jspecify.annotations.Nullable;

/// What is typed, encoded back into the format it came in, compared with the original and held
/// against its schema.
///
/// @param bytes null where there is no payload, or a fault
/// @param fault why it cannot be sent; null where it can
@SuppressWarnings("ArrayRecordComponent")
record EditCheck(
        byte @Nullable [] bytes,
        boolean payloadChanged,
        boolean keyChanged,
        List<DiffLine> diff,
        SchemaVerdict verdict,
        @Nullable Fault fault) {
    /// May block for a schema registry.
    static EditCheck of(
            MessageView original,
            EditStart from,
            String typed,
            String typedKey,
            List<HeaderEdit> edits,
            SchemaChoice schema) {
        var lines = new ArrayList<DiffLine>();
        var payload = original.letter().payload();
        byte[] bytes;
        try {
            bytes =
                    typed.equals(from.text())
                            ? payload
                            : from.hex()
                                    ? Editing.parseHex(typed)
                                    : Editing.encode(original, typed);
        } catch (EditException wrong) {
            return refused(lines, new Fault(sentence(wrong), wrong.line(), wrong.column()));
        }
        if (!typed.equals(from.text())) {
            lines.addAll(Editing.diff(from.text(), typed));
        }
        if (!typedKey.equals(from.key())) {
            if (from.keyHex()) {
                try {
                    Editing.parseHex(typedKey);
                } catch (EditException wrong) {
                    return refused(lines, new Fault("Key: " + sentence(wrong), 0, 0));
                }
            }
            lines.add(new DiffLine(Kind.GAP, "key"));
            lines.add(new DiffLine(Kind.REMOVED, from.key()));
            lines.add(new DiffLine(Kind.ADDED, typedKey));
        }
        if (!edits.isEmpty()) {
            lines.add(new DiffLine(Kind.GAP, "headers"));
            edits.forEach(edit -> headerDiff(original, edit, lines));
        }
        return new EditCheck(
                bytes,
                !Arrays.equals(bytes, payload),
                !typedKey.equals(from.key()),
                lines,
                from.hex() ? SchemaVerdict.NONE : SchemaVerdict.of(original, typed, schema),
                null);
    }

    private static EditCheck refused(List<DiffLine> lines, Fault fault) {
        return new EditCheck(null, false, false, lines, SchemaVerdict.NONE, fault);
    }

    private static void headerDiff(MessageView original, HeaderEdit edit, List<DiffLine> lines) {
        headers(original, edit.name(), Kind.REMOVED, old -> old, lines);
        switch (edit) {
            case HeaderEdit.Set(var name, var value) ->
                    lines.add(new DiffLine(Kind.ADDED, name + ": " + value));
            case HeaderEdit.Replace(var name, var find, var by) ->
                    headers(original, name, Kind.ADDED, old -> old.replace(find, by), lines);
            case HeaderEdit.Drop _ -> {
                // It is told by what was removed.
            }
        }
    }

    private static void headers(
            MessageView original,
            String name,
            Kind kind,
            UnaryOperator<String> change,
            List<DiffLine> lines) {
        original.letter()
                .headers()
                .named(name)
                .map(HeaderText::of)
                .forEach(
                        old ->
                                lines.add(
                                        new DiffLine(
                                                kind,
                                                old.name() + ": " + change.apply(old.text()))));
    }

    private static String sentence(EditException wrong) {
        var text = wrong.getMessage();
        return text == null ? "This text cannot be read." : text;
    }
}
