package org.deadletteroffice.cli.command;

import java.time.Clock;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;

/// Where a list of messages begins and which way it goes; what `--from` takes and `nextCursor`
/// gives.
record Place(Cursor cursor, Direction direction) {
    private static final String OLDER = "older:";
    private static final String NEWER = "newer:";

    /// `newest` goes back in time; `oldest`, a time and `id:ID` go forwards; a `nextCursor` goes on
    /// the way it came.
    static Place parse(String text, Clock clock) throws OperatorException {
        try {
            if (text.startsWith(OLDER)) {
                return new Place(Cursor.parse(text.substring(OLDER.length())), Direction.OLDER);
            }
            if (text.startsWith(NEWER)) {
                return new Place(Cursor.parse(text.substring(NEWER.length())), Direction.NEWER);
            }
            if (text.equals("newest")) {
                return new Place(Cursor.newest(), Direction.OLDER);
            }
            if (text.equals("oldest") || text.startsWith("id:") || text.startsWith("c:")) {
                return new Place(Cursor.parse(text), Direction.NEWER);
            }
        } catch (IllegalArgumentException wrong) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "'" + text + "' is no place in a queue.",
                    "Give newest, oldest, id:ID, a time, or the nextCursor of an earlier answer.",
                    wrong);
        }
        return new Place(new Cursor.At(Times.parse(text, clock)), Direction.NEWER);
    }

    String text() {
        return switch (direction) {
            case OLDER -> OLDER + cursor.text();
            case NEWER -> NEWER + cursor.text();
        };
    }
}
