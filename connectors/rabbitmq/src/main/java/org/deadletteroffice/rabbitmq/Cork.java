package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Holds back what is written to a connection until a buffer is full or a batch ends. RabbitMQ's
/// client hands each message to the network by itself, which takes both sides longer than the
/// message does. Others on the same connection wait as long as the batch is written. Thread-safe.
final class Cork {
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger bodies = new AtomicInteger();
    private volatile @Nullable FrameHandler handler;

    /// The frames of a connection, of which there is one for each cork.
    FrameHandler over(FrameHandler plain) {
        handler = plain;
        return new PassedFrames(plain) {
            @Override
            public void writeFrame(Frame frame) throws IOException {
                super.writeFrame(frame);
                if (frame.type == AMQP.FRAME_BODY) {
                    bodies.incrementAndGet();
                }
            }

            @Override
            public void flush() throws IOException {
                if (batches.get() == 0) {
                    super.flush();
                }
            }
        };
    }

    /// Changes as long as the network takes what is written.
    int progress() {
        return bodies.get();
    }

    void during(Deadline.Work work) throws Exception {
        batches.incrementAndGet();
        try {
            work.run();
        } finally {
            batches.decrementAndGet();
            flush();
        }
    }

    private void flush() throws IOException {
        Objects.requireNonNull(handler).flush();
    }
}
