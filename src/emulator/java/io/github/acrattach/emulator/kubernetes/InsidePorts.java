package io.github.acrattach.emulator.kubernetes;

import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Port;
import io.github.acrattach.emulator.http.Request;
import io.github.acrattach.emulator.http.Responder;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A port for each cluster that is entered from inside: kubectl's --raw forgets the path of the server's address. */
public final class InsidePorts implements AutoCloseable {
    private final Responder responder;
    private final Map<String, Port> byPath = new ConcurrentHashMap<>();

    public InsidePorts(Responder responder) {
        this.responder = responder;
    }

    /** Where what comes in is answered as if it had come to this path of the emulator's own port. */
    URI to(String path) {
        Port port = byPath.computeIfAbsent(
                path,
                prefix -> Port.https(
                        0,
                        Certificate.ofThisProcess().tls(),
                        request -> responder.answer(new Request(
                                request.method(),
                                prefix + request.path(),
                                request.query(),
                                request.headers(),
                                request.body()))));
        return URI.create("https://localhost:" + port.number());
    }

    @Override
    public void close() {
        byPath.values().forEach(Port::close);
    }
}
