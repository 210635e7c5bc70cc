package io.github.acrattach.emulator;

import io.github.acrattach.emulator.host.FunctionApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A function app in a folder, whose JSON is written with single quotes. */
final class SmallApp {
    static final String HANDLER = "'customHandler':{'description':{'defaultExecutablePath':'handler'}}";
    static final String BUNDLE =
            "'extensionBundle':{'id':'Microsoft.Azure.Functions.ExtensionBundle','version':'[4.*, 5.0.0)'}";
    static final String EVENT_TRIGGER = "{'type':'eventGridTrigger','direction':'in','name':'event'}";

    private final Path folder;

    SmallApp(Path folder) {
        this.folder = folder;
        says("'version':'2.0'");
    }

    /** What host.json says beside what it must. */
    SmallApp says(String more) {
        return hostJson("{" + more + "," + HANDLER + "," + BUNDLE + "}");
    }

    SmallApp hostJson(String json) {
        write("host.json", json);
        return this;
    }

    SmallApp function(String name, String trigger) {
        write(name + "/function.json", "{'bindings':[" + trigger + "]}");
        return this;
    }

    FunctionApp read() {
        return FunctionApp.read(folder);
    }

    private void write(String file, String json) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), json.replace('\'', '"'));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
