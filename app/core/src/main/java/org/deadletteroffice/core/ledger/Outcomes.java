package org.deadletteroffice.core.ledger;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.deadletteroffice.core.ByteWriter;
import org.deadletteroffice.core.ledger.Entry.State;
import org.jspecify.annotations.Nullable;

/// What became so far of a page's messages, line by line. One thread at a time.
final class Outcomes {
    private final State[] states;
    private final List<@Nullable String> positions;
    private final List<@Nullable String> reasons;

    private Outcomes(
            State[] states, List<@Nullable String> positions, List<@Nullable String> reasons) {
        this.states = states;
        this.positions = positions;
        this.reasons = reasons;
    }

    static Outcomes of(List<Entry> entries) {
        return new Outcomes(
                entries.stream().map(Entry::state).toArray(State[]::new),
                list(entries, Entry::position),
                list(entries, Entry::reason));
    }

    State state(int line) {
        return states[line];
    }

    @Nullable String position(int line) {
        return positions.get(line);
    }

    @Nullable String reason(int line) {
        return reasons.get(line);
    }

    /// @param position null keeps what is known
    void advance(int line, State state, @Nullable String position) {
        states[line] = state;
        if (position != null) {
            positions.set(line, position);
        }
    }

    void fail(int line, String reason) {
        states[line] = State.FAILED;
        reasons.set(line, reason);
    }

    /// A letter for each state that some line has; see [#letter].
    String letters() {
        var letters = new StringBuilder();
        for (var state : State.values()) {
            if (Arrays.asList(states).contains(state)) {
                letters.append(letter(state));
            }
        }
        return letters.toString();
    }

    static char letter(State state) {
        return switch (state) {
            case EXCLUDED -> 'X';
            case PLANNED -> 'P';
            case SENT -> 'S';
            case DONE -> 'D';
            case FAILED -> 'F';
        };
    }

    private static State state(@Nullable String letter) throws IOException {
        for (var state : State.values()) {
            if (String.valueOf(letter(state)).equals(letter)) {
                return state;
            }
        }
        throw new IOException("a page of the ledger is damaged: no state is called " + letter);
    }

    byte[] bytes() {
        var out = new ByteWriter(states.length * 4);
        Column.number(out, states.length);
        Column.writeRuns(out, list(Arrays.asList(states), state -> String.valueOf(letter(state))));
        Column.writeNumbered(out, positions);
        Column.writeRuns(out, reasons);
        return out.toBytes();
    }

    static Outcomes read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var count = Math.toIntExact(Column.number(in));
            return new Outcomes(
                    states(in, count), Column.readNumbered(in, count), Column.readRuns(in, count));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /// Only the states.
    static State[] readStates(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return states(in, Math.toIntExact(Column.number(in)));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static State[] states(DataInputStream in, int count) throws IOException {
        var letters = Column.readRuns(in, count);
        var states = new State[count];
        for (var i = 0; i < count; i++) {
            states[i] =
                    i > 0 && Objects.equals(letters.get(i), letters.get(i - 1))
                            ? states[i - 1]
                            : state(letters.get(i));
        }
        return states;
    }

    static <T, V> List<@Nullable V> list(List<T> rows, Function<T, @Nullable V> value) {
        var values = new ArrayList<@Nullable V>(rows.size());
        for (var row : rows) {
            values.add(value.apply(row));
        }
        return values;
    }
}
