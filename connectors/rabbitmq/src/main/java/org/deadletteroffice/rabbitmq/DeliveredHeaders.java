package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The headers of delivered messages as they lie on the wire: RabbitMQ's client reads them into
/// hash maps, and unsigned numbers as larger signed ones, while a message that is sent on should
/// come out as it was. So their bytes are kept from the content header's frame, on their way to
/// the client.
///
/// Layout: AMQP 0-9-1 specification, sections 4.2.4, 4.2.6.1 and 1.8.3.13 (`basic.deliver`).
final class DeliveredHeaders {
    /// Methods by their class and their own number.
    private static final int DELIVER = 60 << 16 | 60;

    private static final int DECLARED = 50 << 16 | 11;
    private static final int CONTENT_TYPE = 1 << 15;
    private static final int CONTENT_ENCODING = 1 << 14;
    private static final int HEADERS = 1 << 13;
    private static final byte[] NONE = {};

    private final Map<Integer, Lane> watched = new ConcurrentHashMap<>();

    /// What came last on one channel. Filled by the thread that reads the connection, and
    /// thread-safe.
    static final class Lane {
        private long delivering;
        private long last;
        private volatile Table table = new Table(0, NONE);
        private volatile int frames;

        private record Table(long tag, byte[] bytes) {}

        /// Changes as long as something comes.
        int progress() {
            return frames;
        }

        private volatile long lastCounted;

        /// The tag of the last delivery that came before the broker said last how long a queue is:
        /// those until this one it no longer counted, and those that came later it did.
        long lastCounted() {
            return lastCounted;
        }

        /// The headers of a delivery, while it is handed out.
        ///
        /// @return a table of AMQP's without its length
        byte[] of(long deliveryTag) {
            var came = table;
            if (deliveryTag != came.tag()) {
                throw new IllegalStateException(
                        "The delivery " + deliveryTag + " came without its headers.");
            }
            return came.bytes();
        }

        // Only one thread writes it.
        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void seen(Frame frame) throws IOException {
            frames++;
            if (frame.type == AMQP.FRAME_METHOD) {
                var in = frame.getInputStream();
                var method = in.readInt();
                delivering = method == DELIVER ? deliveryTag(in) : 0;
                last = Math.max(last, delivering);
                if (method == DECLARED) {
                    lastCounted = last;
                }
            } else if (frame.type == AMQP.FRAME_HEADER && delivering > 0) {
                table = new Table(delivering, table(frame.getInputStream()));
            }
        }
    }

    /// A connection's frames, watched on their way in.
    FrameHandler watching(FrameHandler handler) {
        return new PassedFrames(handler) {
            @Override
            public Frame readFrame() throws IOException {
                var frame = super.readFrame();
                // Null where none came in time.
                var lane = frame == null ? null : watched.get(frame.channel);
                if (lane != null) {
                    lane.seen(frame);
                }
                return frame;
            }
        };
    }

    /// From now on remembers what comes on this channel.
    Lane watch(int channel) {
        var lane = new Lane();
        watched.put(channel, lane);
        return lane;
    }

    /// What comes on this channel is of no interest, whatever came on an earlier one of its number.
    void ignore(int channel) {
        watched.remove(channel);
    }

    private static long deliveryTag(DataInputStream in) throws IOException {
        in.skipNBytes(in.readUnsignedByte());
        return in.readLong();
    }

    static byte[] table(DataInputStream in) throws IOException {
        // class, weight and body size
        in.skipNBytes(2 + 2 + 8);
        var flags = in.readUnsignedShort();
        if ((flags & HEADERS) == 0) {
            return NONE;
        }
        if ((flags & CONTENT_TYPE) != 0) {
            in.skipNBytes(in.readUnsignedByte());
        }
        if ((flags & CONTENT_ENCODING) != 0) {
            in.skipNBytes(in.readUnsignedByte());
        }
        return in.readNBytes(in.readInt());
    }
}
