package io.github.acrattach.emulator.arm;

import java.util.Optional;

/** A method on a path, the right it takes (none: everybody sees what is theirs), and what it does. */
public record Route(String method, PathTemplate path, Optional<String> action, Operation operation) {

    public static Route of(String method, String path, String action, Operation operation) {
        return new Route(method, new PathTemplate(path), Optional.of(action), operation);
    }

    public static Route forEverybody(String method, String path, Operation operation) {
        return new Route(method, new PathTemplate(path), Optional.empty(), operation);
    }
}
