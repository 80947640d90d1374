package io.leat.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A wire from clients to a server of this machine, which a test breaks when a client sends a certain text. */
public final class FaultProxy implements AutoCloseable {

    /** What becomes of the text and of the connection that sent it. */
    public enum Fault {
        /** The text never arrives: both ends see the connection cut. */
        CUT_BEFORE,
        /** The text arrives; when the server answers the connection is cut, and the answer lost. */
        CUT_AFTER,
        /** The client sees the connection cut; the text arrives when the test lets it ({@link #deliver}). */
        ARRIVE_LATE,
        /** The text never arrives, and nothing comes back; both ends see a connection that is silent. */
        STALL
    }

    private record Trap(String text, Fault fault) {}

    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch delivered = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private FaultProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** A wire that works, to a port of the loopback. */
    public static FaultProxy to(int serverPort) {
        try {
            var proxy = new FaultProxy(serverPort);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks the connection that sends this text next; once. */
    public void arm(String text, Fault fault) {
        trap.set(new Trap(text, fault));
    }

    /** Whether what was armed has happened. */
    public boolean struck() {
        return trap.get() == null;
    }

    /** Lets arrive what was to arrive late. */
    public void deliver() {
        delivered.countDown();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                new Wire(client, server).start();
            } catch (IOException end) {
                return;
            }
        }
    }

    private final class Wire {
        private final Socket client;
        private final Socket server;
        private volatile @Nullable Fault fault;

        Wire(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, server, true));
            Thread.ofVirtual().start(() -> pump(server, client, false));
        }

        private void pump(Socket from, Socket to, boolean isRequest) {
            byte[] buffer = new byte[1 << 16];
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (isRequest) {
                        springTrap(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                    }
                    if (fault == Fault.STALL) {
                        closed.await();
                    }
                    if (fault == Fault.ARRIVE_LATE && isRequest) {
                        client.close();
                        delivered.await();
                    }
                    if (fault == Fault.CUT_BEFORE || (fault == Fault.CUT_AFTER && !isRequest)) {
                        return;
                    }
                    out.write(buffer, 0, length);
                    out.flush();
                }
            } catch (IOException | InterruptedException end) {
                return;
            }
        }

        private void springTrap(String request) {
            Trap set = trap.get();
            if (set != null && request.contains(set.text()) && trap.compareAndSet(set, null)) {
                fault = set.fault();
            }
        }
    }

    @Override
    public void close() throws IOException {
        delivered.countDown();
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
