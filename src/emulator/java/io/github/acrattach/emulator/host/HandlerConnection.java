package io.github.acrattach.emulator.host;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One HTTP/1.1 call to a handler. By hand: Java's clients set the Host themselves, send a GET again when its connection
 * breaks, and rewrite what they think is no URL; the host does none of it.
 */
final class HandlerConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    private static final Set<String> HAVE_BODIES = Set.of("POST", "PUT", "PATCH");

    private final Socket socket = new Socket();

    /** Refused when nobody listens there. */
    HandlerConnection(URI handler) throws IOException {
        socket.connect(new InetSocketAddress(handler.getHost(), handler.getPort()), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Instead of waiting for ever. */
    void giveUpAfter(Duration silence) throws IOException {
        socket.setSoTimeout((int) silence.toMillis());
    }

    HandlerAnswer send(HandlerRequest request) throws IOException {
        try {
            socket.getOutputStream().write(bytes(request));
        } catch (IOException unwilling) {
            // One that refuses a large body does not read it to the end; its answer tells why.
            if (socket.isClosed()) {
                throw unwilling;
            }
        }
        return read(new BufferedInputStream(socket.getInputStream()), request.method());
    }

    /** From another thread: whoever waits for the answer gets an exception. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // So is what it was closed for.
        }
    }

    private static byte[] bytes(HandlerRequest request) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        request.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> head.append(name + ": " + value + "\r\n")));
        head.append("Connection: close\r\n");
        if (request.chunked()) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            head.append(Integer.toHexString(request.body().length)).append("\r\n");
        } else if (request.body().length > 0 || HAVE_BODIES.contains(request.method())) {
            head.append("Content-Length: " + request.body().length + "\r\n\r\n");
        } else {
            head.append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(request.body());
        if (request.chunked()) {
            bytes.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toByteArray();
    }

    private static HandlerAnswer read(InputStream in, String method) throws IOException {
        String[] start = line(in).split(" ", 3);
        if (start.length < 2 || !start[1].matches("\\d{3}")) {
            throw new IOException("What the handler answered is not HTTP");
        }
        int status = Integer.parseInt(start[1]);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(":", 2);
            headers.computeIfAbsent(header[0], name -> new ArrayList<>())
                    .add(header.length < 2 ? "" : header[1].strip());
        }
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        return new HandlerAnswer(status, HandlerRequest.headers(headers), bodiless ? new byte[0] : body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
        if (String.join(",", headers.getOrDefault("Transfer-Encoding", List.of()))
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.writeBytes(exactly(in, size));
                line(in);
            }
            return body.toByteArray();
        }
        List<String> length = headers.getOrDefault("Content-Length", List.of());
        return length.isEmpty() ? in.readAllBytes() : exactly(in, Integer.parseInt(length.get(0)));
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("The handler's answer broke off");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The handler closed the connection");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
