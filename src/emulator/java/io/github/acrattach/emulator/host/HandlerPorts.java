package io.github.acrattach.emulator.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody takes before the handler listens, which is seconds later: not of those that systems give to whoever
 * names none (32768 and above on Linux, 49152 elsewhere), and another one for each handler of this process.
 */
final class HandlerPorts {
    private static final int LOWEST = 20_000;
    private static final int COUNT = 10_000;

    /** Begins anywhere, since there may be another process like this one. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private HandlerPorts() {}

    static int free() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
        throw new IllegalStateException("There is no free port for the handler");
    }
}
