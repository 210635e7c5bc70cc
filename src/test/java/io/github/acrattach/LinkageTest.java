package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker with the older of two versions of a library, and a package that was compiled against the newer. */
class LinkageTest {

    private static final Map<String, String> OLDER = Map.of(
            "Tree", "public class Tree { public int size() { return 0; } void sort() {} }",
            "Cursor", "class Cursor {}");

    private static final Map<String, String> NEWER = Map.of(
            "Tree", """
                    public class Tree implements java.io.Serializable {
                        public static int depth;
                        public int size() { return asList().size(); }
                        public void sort() {}
                        public java.util.List<Tree> asList() { return null; }
                    }""",
            "Cursor", "public class Cursor {}",
            "Filter", "public interface Filter { boolean test(int size); }",
            "Schema", "public class Schema { public boolean of(Tree tree) { return tree.asList() == null; } }");

    @TempDir
    private Path folder;

    private Path older;
    private Path newer;

    @BeforeEach
    void compileBothVersions() throws IOException {
        older = jar("older", "json", OLDER, List.of());
        newer = jar("newer", "json", NEWER, List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            new json.Tree().asList()                                    | json/Tree.asList:()Ljava/util/List;
            ((java.util.function.Supplier<?>) new json.Tree()::asList)  | json/Tree.asList:()Ljava/util/List;
            new Object() { int depth = json.Tree.depth; }               | json/Tree.depth:I
            new json.Tree() { int length() { return asList().size(); }} | p/Use$1.asList:()Ljava/util/List;
            new Object() { { new json.Tree().sort(); } }                | json/Tree.sort:()V
            new json.Cursor[1]                                          | json/Cursor
            ((json.Filter) size -> true)                                | json/Filter
            json.Schema.class                                           | json/Schema
            """)
    void whatTheWorkerLacksIsFound(String expression, String missing) throws IOException {
        assertThat(errors(use(expression)))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error).startsWith("p/Use").endsWith(" in use.jar needs " + missing));
    }

    @Test
    void whatTheWorkerHasTooIsFine() throws IOException {
        assertThat(errors(use("new json.Tree() { int length() { return size() + hashCode(); } }")))
                .isEmpty();
    }

    @Test
    void classThatOnlyThePackageHasIsFineUntilItNeedsTheWorkers() throws IOException {
        assertThat(errors(use("json.Schema.class"), newer))
                .as("neither Use nor Tree, which is the worker's")
                .containsExactly("json/Schema in newer.jar needs json/Tree.asList:()Ljava/util/List;");
    }

    private Set<String> errors(Path... packaged) throws IOException {
        try (Linkage linkage = new Linkage(List.of(older), List.of(packaged))) {
            return linkage.errors();
        }
    }

    private Path use(String expression) throws IOException {
        return jar("use", "p", Map.of("Use", "class Use { Object value = " + expression + "; }"), List.of(newer));
    }

    private Path jar(String name, String javaPackage, Map<String, String> types, List<Path> classPath)
            throws IOException {
        Path sources = Files.createDirectories(folder.resolve(name));
        for (Map.Entry<String, String> type : types.entrySet()) {
            Files.writeString(
                    sources.resolve(type.getKey() + ".java"), "package " + javaPackage + "; " + type.getValue());
        }
        Path classes = folder.resolve(name + "-classes");
        run(
                "javac",
                Stream.concat(
                        Stream.of("-d", classes.toString(), "-cp", paths(classPath)),
                        types.keySet().stream()
                                .map(type -> sources.resolve(type + ".java").toString())));
        Path jar = folder.resolve(name + ".jar");
        run("jar", Stream.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        return jar;
    }

    private static String paths(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static void run(String tool, Stream<String> arguments) {
        int exit = ToolProvider.findFirst(tool)
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(exit).as(tool).isZero();
    }
}
