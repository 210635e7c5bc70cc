package io.github.acrattach.emulator.host;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Hands the messages of a trigger's queue to its function, as QueueListener and QueueProcessor of the Functions extension
 * do: what failed comes back after the fixed visibility timeout, until it has been tried too often.
 */
public final class QueueListener {

    /** Renewed while the function runs; when the host dies, the message sleeps until its end. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final String queue;
    private final QueueRules rules;
    private final QueueService service;
    private final Function<QueueMessage, Invocation> function;

    QueueListener(String queue, QueueRules rules, QueueService service, Function<QueueMessage, Invocation> function) {
        this.queue = queue;
        this.rules = rules;
        this.service = service;
        this.function = function;
    }

    /** Where what was tried too often goes. */
    public static String poisonOf(String queue) {
        return queue + "-poison";
    }

    /** Hands those of a batch that can be seen to the function, once each. */
    public List<Invocation> pump() {
        return service.receive(queue, rules.batchSize(), LEASE).stream()
                .flatMap(this::process)
                .toList();
    }

    /** What is no base64, and what a host before this one died of, is poison without being tried. */
    private Stream<Invocation> process(QueueMessage message) {
        Optional<String> text = text(message.body());
        if (text.isEmpty() || message.dequeueCount() > rules.maxDequeueCount()) {
            poison(message);
            return Stream.empty();
        }
        Invocation invocation = function.apply(message.with(text.get()));
        if (invocation.succeeded()) {
            service.delete(queue, message);
        } else if (message.dequeueCount() >= rules.maxDequeueCount()) {
            poison(message);
        } else {
            service.hide(queue, message, rules.visibilityTimeout());
        }
        return Stream.of(invocation);
    }

    private void poison(QueueMessage message) {
        service.put(poisonOf(queue), message.body());
        service.delete(queue, message);
    }

    /** What is not UTF-8 reaches the function as base64. */
    private static Optional<String> text(String body) {
        try {
            byte[] bytes = Base64.getDecoder().decode(body);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.of(body);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
