package io.github.acrattach.emulator;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import io.github.acrattach.emulator.host.QueueMessage;
import io.github.acrattach.emulator.host.QueueService;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Microsoft's Azurite as a real queue service, reached by Azure's own client: for the stand-in of the host, and for the
 * test that looks at what is there.
 */
public final class Azurite implements QueueService, AutoCloseable {

    private static final String PROGRAM = "azurite-queue";
    private static final Pattern LISTENS = Pattern.compile("successfully listens on (http://127\\.0\\.0\\.1:\\d+)");

    /** Of every Azurite: learn.microsoft.com/azure/storage/common/storage-connect-azurite. */
    private static final String ACCOUNT = "devstoreaccount1";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private final Process process;
    private final QueueServiceClient client;

    private Azurite(Path program) throws IOException {
        process = new ProcessBuilder(
                        program.toString(),
                        "--queueHost",
                        "127.0.0.1",
                        "--queuePort",
                        "0",
                        "--inMemoryPersistence",
                        "--skipApiVersionCheck",
                        "--disableTelemetry")
                .redirectErrorStream(true)
                .start();
        client = new QueueServiceClientBuilder()
                .connectionString("DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY
                        + ";QueueEndpoint=" + listensAt(process) + "/" + ACCOUNT + ";")
                .httpClient(new JdkHttpClientBuilder().build())
                .buildClient();
    }

    /** A test is skipped where there is none. */
    public static Azurite start() {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            System.err.println("SKIPPED: no event comes out of a real queue, for there is no " + PROGRAM
                    + " on the PATH, nor in the folder that AZURITE names. npm install -g azurite@3.37.0");
        }
        Assumptions.assumeTrue(program.isPresent(), PROGRAM + " is not installed");
        try {
            return new Azurite(program.orElseThrow());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** In the folder that AZURITE names, or on the PATH. */
    private static Optional<Path> program() {
        return Stream.concat(
                        Optional.ofNullable(System.getenv("AZURITE")).stream(),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Once it tells. It goes on writing a line for each request, and would stop where nobody reads them. */
    private static String listensAt(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                Thread reader = new Thread(() -> lines.lines().forEach(ignored -> {}), "azurite-output");
                reader.setDaemon(true);
                reader.start();
                return listens.group(1);
            }
            all.append(line).append('\n');
        }
        throw new IOException(PROGRAM + " did not start:\n" + all);
    }

    /** The queue, which is empty then, as a deployment makes it: the host makes none. */
    public QueueClient create(String queue) {
        QueueClient made = client.getQueueClient(queue);
        made.createIfNotExists();
        made.clearMessages();
        return made;
    }

    @Override
    public List<QueueMessage> receive(String queue, int most, Duration hidden) {
        return client.getQueueClient(queue).receiveMessages(most, hidden, null, Context.NONE).stream()
                .map(Azurite::handedOut)
                .toList();
    }

    private static QueueMessage handedOut(QueueMessageItem item) {
        return new QueueMessage(
                item.getMessageId(),
                item.getPopReceipt(),
                item.getBody().toString(),
                item.getInsertionTime().toInstant(),
                (int) item.getDequeueCount());
    }

    @Override
    public void put(String queue, String body) {
        client.getQueueClient(queue).sendMessage(body);
    }

    @Override
    public void hide(String queue, QueueMessage message, Duration time) {
        unlessHandedOutSince(() ->
                client.getQueueClient(queue).updateMessage(message.id(), message.popReceipt(), message.body(), time));
    }

    @Override
    public void delete(String queue, QueueMessage message) {
        unlessHandedOutSince(() -> client.getQueueClient(queue).deleteMessage(message.id(), message.popReceipt()));
    }

    private static void unlessHandedOutSince(Runnable request) {
        try {
            request.run();
        } catch (QueueStorageException refused) {
            if (refused.getStatusCode() != 404 && refused.getStatusCode() != 400) {
                throw refused;
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
