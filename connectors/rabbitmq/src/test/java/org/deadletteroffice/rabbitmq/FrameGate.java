package org.deadletteroffice.rabbitmq;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to the broker that sees each frame (AMQP 0-9-1, section 4.2.3): it may pass on another
/// one, or break the connection in its place.
final class FrameGate implements AutoCloseable {
    /// A method by its class and its own number, as `basic.publish`.
    static final int CHANNEL_OPEN = 20 << 16 | 10;
    static final int CHANNEL_CLOSE = 20 << 16 | 40;
    static final int CHANNEL_CLOSE_OK = 20 << 16 | 41;
    static final int QUEUE_DECLARE = 50 << 16 | 10;
    static final int QUEUE_DECLARE_OK = 50 << 16 | 11;
    static final int BASIC_CONSUME = 60 << 16 | 20;
    static final int BASIC_CANCEL = 60 << 16 | 30;
    static final int BASIC_PUBLISH = 60 << 16 | 40;
    static final int BASIC_DELIVER = 60 << 16 | 60;
    static final int BASIC_ACK = 60 << 16 | 80;
    static final int BASIC_NACK = 60 << 16 | 120;
    static final int CONFIRM_SELECT = 85 << 16 | 10;

    /// Passed on in place of a frame that gets lost.
    static final byte[] NOTHING = {};

    static final Rule PASS = (_, frame) -> Optional.of(frame);

    private static final int PROTOCOL_HEADER = 8;
    private static final int FRAME_HEADER = 7;
    private static final int METHOD = 1;

    /// Where those of a method begin.
    static final int ARGUMENTS = FRAME_HEADER + Integer.BYTES;

    private final int broker;
    private final Rule fromProgram;
    private final Rule fromBroker;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    interface Rule {
        /// @param method 0 for a frame that holds none
        /// @return what is passed on; empty breaks the connection
        Optional<byte[]> on(int method, byte[] frame);
    }

    FrameGate(int broker, Rule fromProgram, Rule fromBroker) throws IOException {
        this.broker = broker;
        this.fromProgram = fromProgram;
        this.fromBroker = fromBroker;
        Thread.ofVirtual().name("frame gate").start(this::accept);
    }

    /// Tells of each of this method before it is passed on.
    static Rule telling(int wanted, Runnable listener) {
        return (method, frame) -> {
            if (method == wanted) {
                listener.run();
            }
            return Optional.of(frame);
        };
    }

    /// Breaks the connection in place of the first of this method, and never again.
    static Rule breakOnce(int wanted) {
        var broken = new AtomicBoolean();
        return (method, frame) ->
                method == wanted && !broken.getAndSet(true) ? Optional.empty() : Optional.of(frame);
    }

    /// Breaks the connection in place of one of this method, after so many of it passed.
    static Rule breakAfter(int passed, int wanted) {
        var left = new AtomicInteger(passed);
        return (method, frame) ->
                method == wanted && left.getAndDecrement() == 0
                        ? Optional.empty()
                        : Optional.of(frame);
    }

    /// While it is shut, the first of a method waits, and all that comes behind it.
    static final class Valve implements Rule {
        private final int waits;
        private volatile CountDownLatch shut = new CountDownLatch(0);

        Valve(int method) {
            this.waits = method;
        }

        void shut() {
            shut = new CountDownLatch(1);
        }

        void open() {
            shut.countDown();
        }

        @Override
        public Optional<byte[]> on(int method, byte[] frame) {
            if (method == waits) {
                try {
                    shut.await();
                } catch (InterruptedException over) {
                    return Optional.empty();
                }
            }
            return Optional.of(frame);
        }
    }

    /// For the field `hosts`.
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var program = server.accept();
                var behind = new Socket(InetAddress.getLoopbackAddress(), broker);
                program.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                open.add(program);
                open.add(behind);
                Thread.ofVirtual().start(() -> pass(program, behind, fromProgram, PROTOCOL_HEADER));
                Thread.ofVirtual().start(() -> pass(behind, program, fromBroker, 0));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /// @param plain how many bytes come before the first frame
    private static void pass(Socket from, Socket to, Rule rule, int plain) {
        try (from;
                to) {
            var in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
            var out = to.getOutputStream();
            out.write(in.readNBytes(plain));
            while (true) {
                var passed = on(rule, frame(in));
                if (passed.isEmpty()) {
                    return;
                }
                out.write(passed.get());
            }
        } catch (IOException gone) {
            // So is the other side.
        }
    }

    private static Optional<byte[]> on(Rule rule, byte[] frame) {
        var method = frame[0] == METHOD ? ByteBuffer.wrap(frame).getInt(FRAME_HEADER) : 0;
        return rule.on(method, frame);
    }

    /// With its end mark.
    private static byte[] frame(DataInputStream in) throws IOException {
        var head = new byte[FRAME_HEADER];
        in.readFully(head);
        var frame = new byte[FRAME_HEADER + ByteBuffer.wrap(head).getInt(3) + 1];
        System.arraycopy(head, 0, frame, 0, FRAME_HEADER);
        in.readFully(frame, FRAME_HEADER, frame.length - FRAME_HEADER);
        return frame;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
