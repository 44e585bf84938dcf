package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// In which order the headers of a message lie on the wire: RabbitMQ's client reads them into a
/// hash map, and a message that is sent on should not come out shuffled. So the names are read a
/// second time from the content header's frame, on their way to the client.
///
/// Layout: AMQP 0-9-1 specification, sections 4.2.6.1 and 4.2.5.5, with RabbitMQ's letters for
/// the types.
final class HeaderOrder {
    private static final int CONTENT_TYPE = 1 << 15;
    private static final int CONTENT_ENCODING = 1 << 14;
    private static final int HEADERS = 1 << 13;

    private final Map<Integer, Queue<List<String>>> watched = new ConcurrentHashMap<>();

    /// A connection's frames, watched on their way in.
    FrameHandler watching(FrameHandler handler) {
        return new PassedFrames(handler) {
            @Override
            public Frame readFrame() throws IOException {
                var frame = super.readFrame();
                // Null where none came in time.
                if (frame != null) {
                    seen(frame);
                }
                return frame;
            }
        };
    }

    /// From now on remembers what comes on this channel: one list for each message, in their order.
    Queue<List<String>> watch(int channel) {
        var names = new ConcurrentLinkedQueue<List<String>>();
        watched.put(channel, names);
        return names;
    }

    /// What comes on this channel is of no interest, whatever came on an earlier one of its number.
    void ignore(int channel) {
        watched.remove(channel);
    }

    private void seen(Frame frame) throws IOException {
        if (frame.type == AMQP.FRAME_HEADER) {
            var names = watched.get(frame.channel);
            if (names != null) {
                names.add(names(frame.getInputStream()));
            }
        }
    }

    static List<String> names(DataInputStream in) throws IOException {
        // class, weight and body size
        in.skipNBytes(2 + 2 + 8);
        var flags = in.readUnsignedShort();
        if ((flags & HEADERS) == 0) {
            return List.of();
        }
        for (var before : List.of(CONTENT_TYPE, CONTENT_ENCODING)) {
            if ((flags & before) != 0) {
                in.skipNBytes(in.readUnsignedByte());
            }
        }
        var names = new ArrayList<String>();
        var left = Integer.toUnsignedLong(in.readInt());
        while (left > 0) {
            var length = in.readUnsignedByte();
            names.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            left -= 1 + length + skipValue(in);
        }
        return names;
    }

    /// @return how many bytes the value took
    private static long skipValue(DataInputStream in) throws IOException {
        var type = in.readUnsignedByte();
        var fixed =
                switch (type) {
                    case 'V' -> 0;
                    case 't', 'b', 'B' -> 1;
                    case 's', 'u' -> 2;
                    case 'I', 'i', 'f' -> 4;
                    case 'D' -> 5;
                    case 'l', 'L', 'd', 'T' -> 8;
                    default -> -1;
                };
        if (fixed >= 0) {
            in.skipNBytes(fixed);
            return 1L + fixed;
        }
        var length = Integer.toUnsignedLong(in.readInt());
        in.skipNBytes(length);
        return 1 + 4 + length;
    }
}
