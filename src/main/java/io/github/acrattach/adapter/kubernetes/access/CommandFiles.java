package io.github.acrattach.adapter.kubernetes.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files that go along with a command; a secret is in one of them, never in the command. */
public final class CommandFiles {

    private final Map<String, byte[]> files = new TreeMap<>();

    /** With files of this program. */
    public static CommandFiles with(String... names) {
        CommandFiles files = new CommandFiles();
        for (String name : names) {
            files.and(name);
        }
        return files;
    }

    /** Another file of this program. */
    public CommandFiles and(String name) {
        try (InputStream in = CommandFiles.class.getResourceAsStream("/kubernetes/" + name)) {
            files.put(name, in.readAllBytes());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public CommandFiles and(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** As Azure takes them. */
    String zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
