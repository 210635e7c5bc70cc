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
            "Tree", """
                    public class Tree {
                        public static int width;
                        public int height;
                        public int size() { return 0; }
                        public int count() { return 0; }
                        public static int limit() { return 0; }
                        void sort() {}
                    }""",
            "Cursor", "class Cursor {}",
            "Visitor", "public class Visitor { public int visit() { return 0; } }",
            "Node", "public interface Node { int weight(); }",
            "Leaf", "public final class Leaf {}",
            "Seed", "public class Seed { public Seed(int size) {} }");

    private static final Map<String, String> NEWER = Map.of(
            "Tree", """
                    public class Tree implements java.io.Serializable {
                        public static int depth;
                        public int width;
                        public static int height;
                        public static int count() { return 0; }
                        public int limit() { return 0; }
                        public int size() { return asList().size(); }
                        public void sort() {}
                        public java.util.List<Tree> asList() { return null; }
                    }""",
            "Cursor", "public class Cursor {}",
            "Visitor", "public interface Visitor { int visit(); }",
            "Node", "public class Node { public int weight() { return 0; } }",
            "Leaf", "public class Leaf {}",
            "Seed", "public class Seed {}",
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
            new json.Seed()                                             | json/Seed.<init>:()V
            json.Tree.count()                                           | static json/Tree.count:()I
            ((java.util.function.IntSupplier) json.Tree::count)         | static json/Tree.count:()I
            new json.Tree().limit()                                     | not static json/Tree.limit:()I
            ((java.util.function.IntSupplier) new json.Tree()::limit)   | not static json/Tree.limit:()I
            json.Tree.height                                            | static json/Tree.height:I
            (json.Tree.height = 1)                                      | static json/Tree.height:I
            new json.Tree().width                                       | not static json/Tree.width:I
            (new json.Tree().width = 1)                                 | not static json/Tree.width:I
            ((json.Visitor) null).visit()                               | the interface of json/Visitor.visit:()I
            ((json.Node) null).weight()                                 | the class of json/Node.weight:()I
            new Object() { class Oak extends json.Leaf {} }             | not final, and a class: json/Leaf
            new Object() { abstract class Oak implements json.Visitor {} } | as an interface: json/Visitor
            """)
    void whatTheWorkerLacksIsFound(String expression, String missing) throws IOException {
        assertThat(errors(use(expression)))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error).startsWith("p/Use").endsWith(" in use.jar needs " + missing));
    }

    @Test
    void superclassThatIsAnInterfaceInTheWorkerIsFound() throws IOException {
        assertThat(errors(use("new Object() { abstract class Oak extends json.Node {} }")))
                .contains("p/Use$1$Oak in use.jar needs not final, and a class: json/Node");
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
