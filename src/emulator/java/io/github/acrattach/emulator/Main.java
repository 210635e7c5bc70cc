package io.github.acrattach.emulator;

import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionAppRefused;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.TriggerType;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The emulator as a program of its own; ends when it is stopped. */
public final class Main {
    private static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Emulator emulator;
        try {
            emulator = start(Arguments.parse(List.of(args)), System.out);
        } catch (IllegalArgumentException | FunctionAppRefused | UncheckedIOException wrong) {
            System.err.println(wrong.getMessage());
            System.err.println(Arguments.USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
        Thread.currentThread().join();
    }

    private static Emulator start(Arguments arguments, PrintStream out) {
        Emulator emulator = Emulator.start(arguments.options());
        try {
            arguments.certificate().ifPresent(file -> write(file, emulator.certificate()));
            arguments.handler().ifPresent(handler -> subscribe(emulator, app(arguments.folders()), handler));
        } catch (RuntimeException unusable) {
            emulator.close();
            throw unusable;
        }
        settings(emulator, arguments).forEach(out::println);
        return emulator;
    }

    private static FunctionApp app(Arguments.AppFolders folders) {
        return FunctionApp.read(folders.app().resolve("host.json"), folders.functions());
    }

    /** Each function with an Event Grid trigger gets every event, as if its subscription had no filter. */
    private static void subscribe(Emulator emulator, FunctionApp app, URI handler) {
        FunctionsHost host = FunctionsHost.at(app, handler);
        app.triggeredBy(TriggerType.EVENT_GRID).forEach(function -> emulator.eventGrid()
                .subscribe(EventSubscription.to(function.name(), new FunctionDestination(host, function.name()))));
    }

    private static List<String> settings(Emulator emulator, Arguments arguments) {
        Estate estate = arguments.options().estate();
        List<String> lines = new ArrayList<>(List.of(
                "EMULATOR_URL=" + emulator.uri(),
                "AZURE_TENANT_ID=" + estate.tenant().id(),
                "IDENTITY_ENDPOINT=" + emulator.identityEndpoint(),
                "IDENTITY_HEADER=" + emulator.identityHeader()));
        arguments.certificate().ifPresent(file -> lines.add("EMULATOR_CERTIFICATE=" + file.toAbsolutePath()));
        if (arguments.sample()) {
            lines.add("# The secrets of the sample estate are made up; they open nothing but this emulator.");
            estate.principals().forEach(principal -> principal
                    .secret()
                    .ifPresent(secret -> lines.add("# " + principal.displayName() + ": client id "
                            + principal.appId().orElseThrow() + ", secret " + secret)));
        }
        return lines;
    }

    private static void write(Path file, String pem) {
        try {
            Files.writeString(file, pem);
        } catch (IOException failed) {
            throw new UncheckedIOException("The certificate cannot be written to " + file, failed);
        }
    }
}
