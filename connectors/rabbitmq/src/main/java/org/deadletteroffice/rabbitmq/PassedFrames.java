package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;

/// The frames of a connection, passed on as they are; for who looks at some of them on their way.
abstract class PassedFrames implements FrameHandler {
    private final FrameHandler to;

    PassedFrames(FrameHandler to) {
        this.to = to;
    }

    @Override
    public void initialize(AMQConnection connection) {
        to.initialize(connection);
    }

    @Override
    public void sendHeader() throws IOException {
        to.sendHeader();
    }

    @Override
    public Frame readFrame() throws IOException {
        return to.readFrame();
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        to.writeFrame(frame);
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }

    @Override
    public void close() {
        to.close();
    }

    @Override
    public void setTimeout(int millis) throws SocketException {
        to.setTimeout(millis);
    }

    @Override
    public int getTimeout() throws SocketException {
        return to.getTimeout();
    }

    @Override
    public InetAddress getAddress() {
        return to.getAddress();
    }

    @Override
    public int getPort() {
        return to.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return to.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return to.getLocalPort();
    }
}
