import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Gives a jar of Quarkus one order, so that a tag gives the same jar everywhere. Quarkus leaves three to its threads and to
 * hash codes: that of the entries; the numbers of {@code proxykey<number>}, the names of values that one step of the start
 * leaves for another; and the order, with it the numbers, of settings interfaces in the classes that make them known.
 * Arguments: the time of the entries, then jars.
 */
final class OneOrder {
    private static final String SETTINGS = "io/quarkus/runtime/generated/";
    private static final String GENERATED =
            "(io/quarkus/runner/recorded/.*|" + SETTINGS + "(Shared|RunTime|StaticInit)Config(Customizer)?)\\.class";

    private OneOrder() {}

    public static void main(String... arguments) throws IOException {
        LocalDateTime time = OffsetDateTime.parse(arguments[0]).toLocalDateTime();
        for (String jar : Arrays.asList(arguments).subList(1, arguments.length)) {
            SortedMap<String, byte[]> entries = read(Path.of(jar));
            Names names = new Names(parsed(entries.get(SETTINGS + "SharedConfig.class")));
            entries.replaceAll((name, bytes) -> name.matches(GENERATED) ? ordered(parsed(bytes), names) : bytes);
            if (names.keys.isEmpty() || names.fields.isEmpty()) {
                throw new IllegalStateException(
                        "This Quarkus numbers values and settings in another way than OneOrder knows, in " + jar);
            }
            write(entries, time, Path.of(jar));
        }
    }

    /** The manifest comes first, as {@link java.util.jar.JarInputStream} wants it. */
    private static SortedMap<String, byte[]> read(Path jar) throws IOException {
        SortedMap<String, byte[]> entries =
                new TreeMap<>(Comparator.comparing((String name) -> !name.matches("META-INF/(MANIFEST.MF)?"))
                        .thenComparing(name -> name));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private static void write(SortedMap<String, byte[]> entries, LocalDateTime time, Path jar) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(time);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
    }

    private static ClassNode parsed(byte[] bytes) {
        ClassNode parsed = new ClassNode();
        new ClassReader(bytes).accept(parsed, 0);
        return parsed;
    }

    private static byte[] ordered(ClassNode generated, Names names) {
        ClassNode ordered = new ClassNode();
        generated.accept(new ClassRemapper(ordered, names));
        ordered.fields.sort(Comparator.comparing(field -> field.name));
        ordered.methods.forEach(method -> {
            sortSettings(method.instructions);
            sortMappings(method.instructions);
        });
        ClassWriter writer = new ClassWriter(0);
        ordered.accept(writer);
        return writer.toByteArray();
    }

    /** Each makes one setting known: configClass(name, prefix) into a field, then ensureLoaded(name) of each of its parts. */
    private static void sortSettings(InsnList instructions) {
        SortedMap<String, List<AbstractInsnNode>> statements = new TreeMap<>();
        AbstractInsnNode after = null;
        for (AbstractInsnNode call : instructions.toArray()) {
            if (calls(call, "configClass")) {
                AbstractInsnNode first = call.getPrevious().getPrevious();
                for (after = call.getNext().getNext(); calls(after.getNext(), "ensureLoaded"); ) {
                    after = after.getNext().getNext();
                }
                List<AbstractInsnNode> statement = new ArrayList<>();
                for (AbstractInsnNode each = first; each != after; each = each.getNext()) {
                    statement.add(each);
                }
                statements.put(setting(call), statement);
            }
        }
        AbstractInsnNode end = after;
        statements.values().forEach(statement -> statement.forEach(instructions::remove));
        statements.values().forEach(statement -> statement.forEach(each -> instructions.insertBefore(end, each)));
    }

    /** Settings that are given to withMapping one after the other: which comes first does not matter. */
    private static void sortMappings(InsnList instructions) {
        List<FieldInsnNode> mapped = new ArrayList<>();
        for (AbstractInsnNode each : instructions.toArray()) {
            if (each instanceof FieldInsnNode && ((FieldInsnNode) each).name.startsWith("configClass$")) {
                mapped.add((FieldInsnNode) each);
            } else if (!(each instanceof VarInsnNode || calls(each, "withMapping"))) {
                String[] sorted =
                        mapped.stream().map(field -> field.name).sorted().toArray(String[]::new);
                for (int i = 0; i < sorted.length; i++) {
                    mapped.get(i).name = sorted[i];
                }
                mapped.clear();
            }
        }
    }

    private static boolean calls(AbstractInsnNode instruction, String method) {
        return instruction instanceof MethodInsnNode && ((MethodInsnNode) instruction).name.equals(method);
    }

    private static String setting(AbstractInsnNode call) {
        return ((LdcInsnNode) call.getPrevious().getPrevious()).cst + " " + ((LdcInsnNode) call.getPrevious()).cst;
    }

    /** New names, which go by where a value is named first, and by the name of the settings interface. */
    private static final class Names extends Remapper {
        private final Map<Object, Object> keys = new HashMap<>();
        private final Map<String, String> fields = new HashMap<>();

        private Names(ClassNode shared) {
            super(Opcodes.ASM9);
            SortedMap<String, String> bySetting = new TreeMap<>();
            shared.methods.forEach(method -> method.instructions.forEach(each -> {
                if (calls(each, "configClass")) {
                    bySetting.put(setting(each), ((FieldInsnNode) each.getNext()).name);
                }
            }));
            bySetting.values().forEach(name -> fields.put(name, "configClass$" + fields.size()));
        }

        @Override
        public Object mapValue(Object value) {
            return value instanceof String && ((String) value).matches("proxykey\\d+")
                    ? keys.computeIfAbsent(value, key -> "proxykey" + (keys.size() + 1))
                    : super.mapValue(value);
        }

        @Override
        public String mapFieldName(String owner, String name, String descriptor) {
            return owner.equals(SETTINGS + "SharedConfig") ? fields.getOrDefault(name, name) : name;
        }
    }
}
