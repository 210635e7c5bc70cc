package io.github.acrattach;

import io.smallrye.classfile.ClassFile;
import io.smallrye.classfile.ClassModel;
import io.smallrye.classfile.Opcode;
import io.smallrye.classfile.constantpool.ClassEntry;
import io.smallrye.classfile.constantpool.FieldRefEntry;
import io.smallrye.classfile.constantpool.InterfaceMethodRefEntry;
import io.smallrye.classfile.constantpool.InvokeDynamicEntry;
import io.smallrye.classfile.constantpool.MemberRefEntry;
import io.smallrye.classfile.constantpool.MethodHandleEntry;
import io.smallrye.classfile.constantpool.MethodTypeEntry;
import io.smallrye.classfile.constantpool.PoolEntry;
import io.smallrye.classfile.constantpool.Utf8Entry;
import io.smallrye.classfile.extras.reflect.AccessFlag;
import io.smallrye.classfile.instruction.FieldInstruction;
import io.smallrye.classfile.instruction.InvokeInstruction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandleInfo;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;

/**
 * How the classes of a package link to those of a worker whose jars are asked first. A class that both have is the worker's:
 * whoever uses what only the package's has ends in a NoSuchMethodError or the like.
 *
 * <p>All that a class links to stands in its constant pool; whether as static, in its instructions. What reads them is java.lang.classfile, as Quarkus brings it along
 * for a JDK older than 24.
 */
final class Linkage implements AutoCloseable {

    private static final String CLASS = ".class";
    private static final String CONSTRUCTOR = "<init>:";
    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([^;]+);");

    private static final Set<Opcode> STATIC_INSTRUCTIONS =
            Set.of(Opcode.INVOKESTATIC, Opcode.GETSTATIC, Opcode.PUTSTATIC);
    private static final Set<Integer> STATIC_HANDLES =
            Set.of(MethodHandleInfo.REF_invokeStatic, MethodHandleInfo.REF_getStatic, MethodHandleInfo.REF_putStatic);

    /** A member, and whether it is used as a static one. */
    private record Use(MemberRefEntry member, boolean asStatic) {}

    private final Set<String> ofWorker;
    private final Set<String> javaPackagesOfWorker;
    private final List<JarFile> packaged = new ArrayList<>();
    private final Map<String, JarFile> origins = new HashMap<>();
    private final Map<String, Boolean> inherits = new HashMap<>();
    private final Map<String, Boolean> missing = new HashMap<>();
    private final Map<String, Optional<Boolean>> kinds = new HashMap<>();
    private final Map<String, Optional<Integer>> modifiers = new HashMap<>();

    Linkage(List<Path> workerJars, List<Path> packageJars) throws IOException {
        for (Path jar : workerJars) {
            open(jar);
        }
        ofWorker = Set.copyOf(origins.keySet());
        javaPackagesOfWorker = ofWorker.stream()
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        for (Path jar : packageJars) {
            packaged.add(open(jar));
        }
    }

    private JarFile open(Path path) throws IOException {
        JarFile jar = new JarFile(path.toFile());
        classes(jar).forEach(name -> origins.putIfAbsent(name, jar));
        return jar;
    }

    private static Stream<String> classes(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(CLASS) && !name.endsWith("module-info" + CLASS))
                .map(name -> name.substring(0, name.length() - CLASS.length()));
    }

    /** Each reference of the package that ends in an error: from which class in which jar, and to what. */
    Set<String> errors() {
        return packaged.stream()
                .flatMap(jar -> classes(jar)
                        .filter(name -> !ofWorker.contains(name))
                        .flatMap(name -> missing(read(jar, name))
                                .map(reference ->
                                        name + " in " + Path.of(jar.getName()).getFileName() + " needs " + reference)))
                .collect(Collectors.toSet());
    }

    private Stream<String> missing(ClassModel type) {
        List<MemberRefEntry> members = entries(type, MemberRefEntry.class)
                .filter(member -> !isArray(member.owner())
                        && inheritsFromWorker(member.owner().asInternalName()))
                .toList();
        return Stream.of(
                        members.stream().filter(this::isMissing).map(Linkage::asJavapWritesIt),
                        members.stream().flatMap(this::otherKindOfOwner),
                        members.isEmpty() ? Stream.<String>empty() : uses(type).flatMap(this::otherKindOfMember),
                        parentsOfOtherKind(type),
                        entries(type, PoolEntry.class)
                                .filter(entry -> !(entry instanceof MemberRefEntry))
                                .flatMap(entry -> types(entry).filter(this::isMissing)))
                .flatMap(each -> each);
    }

    private static <T extends PoolEntry> Stream<T> entries(ClassModel type, Class<T> kind) {
        return StreamSupport.stream(type.constantPool().spliterator(), false)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** A method of an interface is called in another way than that of a class. */
    private Stream<String> otherKindOfOwner(MemberRefEntry member) {
        if (member instanceof FieldRefEntry) {
            return Stream.empty();
        }
        boolean asInterface = member instanceof InterfaceMethodRefEntry;
        return kinds
                .computeIfAbsent(
                        member.owner().asInternalName(), owner -> find(owner).map(Linkage::isInterface))
                .filter(found -> found != asInterface)
                .map(found -> (asInterface ? "the interface of " : "the class of ") + asJavapWritesIt(member))
                .stream();
    }

    private Stream<String> otherKindOfMember(Use use) {
        MemberRefEntry member = use.member();
        String owner = member.owner().asInternalName();
        if (isArray(member.owner()) || !inheritsFromWorker(owner)) {
            return Stream.empty();
        }
        return modifiers
                .computeIfAbsent(
                        asJavapWritesIt(member), text -> find(owner, asJavapWritesIt(member.name(), member.type())))
                .filter(found -> Modifier.isStatic(found) != use.asStatic())
                .map(found -> (use.asStatic() ? "static " : "not static ") + asJavapWritesIt(member))
                .stream();
    }

    /** What the instructions and method handles of a class take each member for. */
    private static Stream<Use> uses(ClassModel type) {
        Stream<Use> inCode = type.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .flatMap(element -> {
                    if (element instanceof InvokeInstruction call) {
                        return Stream.of(new Use(call.method(), STATIC_INSTRUCTIONS.contains(call.opcode())));
                    }
                    return element instanceof FieldInstruction access
                            ? Stream.of(new Use(access.field(), STATIC_INSTRUCTIONS.contains(access.opcode())))
                            : Stream.empty();
                });
        Stream<Use> inHandles = entries(type, MethodHandleEntry.class)
                .map(handle -> new Use(handle.reference(), STATIC_HANDLES.contains(handle.kind())));
        return Stream.concat(inCode, inHandles);
    }

    private Stream<String> parentsOfOtherKind(ClassModel type) {
        return Stream.concat(
                type.superclass().stream()
                        .filter(parent -> isOfWorker(
                                parent,
                                found -> isInterface(found) || found.flags().has(AccessFlag.FINAL)))
                        .map(parent -> "not final, and a class: " + parent.asInternalName()),
                type.interfaces().stream()
                        .filter(parent -> isOfWorker(parent, found -> !isInterface(found)))
                        .map(parent -> "as an interface: " + parent.asInternalName()));
    }

    private boolean isOfWorker(ClassEntry type, Predicate<ClassModel> kind) {
        return ofWorker.contains(type.asInternalName())
                && find(type.asInternalName()).filter(kind).isPresent();
    }

    private static boolean isInterface(ClassModel type) {
        return type.flags().has(AccessFlag.INTERFACE);
    }

    private static Stream<String> types(PoolEntry entry) {
        if (entry instanceof ClassEntry type) {
            return isArray(type) ? types(type.name()) : Stream.of(type.asInternalName());
        }
        if (entry instanceof InvokeDynamicEntry lambda) {
            return types(lambda.type());
        }
        return entry instanceof MethodTypeEntry type ? types(type.descriptor()) : Stream.empty();
    }

    private static Stream<String> types(Utf8Entry descriptor) {
        return TYPE_IN_DESCRIPTOR.matcher(descriptor.stringValue()).results().map(type -> type.group(1));
    }

    /** Under a name that is the worker's, but neither has it; or the worker has it, and keeps it to itself. */
    private boolean isMissing(String type) {
        return missing.computeIfAbsent(
                type,
                name -> javaPackagesOfWorker.stream().anyMatch(name::startsWith)
                        && find(name)
                                .filter(found -> isOpen(name, found.flags().flagsMask()))
                                .isEmpty());
    }

    private boolean isMissing(MemberRefEntry member) {
        return missing.computeIfAbsent(
                asJavapWritesIt(member),
                text -> !has(member.owner().asInternalName(), asJavapWritesIt(member.name(), member.type())));
    }

    private boolean inheritsFromWorker(String type) {
        Boolean known = inherits.get(type);
        if (known == null) {
            known = ofWorker.contains(type)
                    || find(type).stream().flatMap(Linkage::parents).anyMatch(this::inheritsFromWorker);
            inherits.put(type, known);
        }
        return known;
    }

    /** Of a class that is not there, an optional dependency's, nothing is known. */
    private boolean has(String owner, String member) {
        Optional<ClassModel> type = find(owner);
        return type.isEmpty()
                || members(owner, type.get(), member).findAny().isPresent()
                || whereToInherit(type.get(), member).anyMatch(parent -> has(parent, member));
    }

    /** Its modifiers. As the JVM looks for a member: in the class, then in what it extends and implements. */
    private Optional<Integer> find(String owner, String member) {
        return find(owner).flatMap(type -> Stream.concat(
                        members(owner, type, member),
                        whereToInherit(type, member).flatMap(parent -> find(parent, member).stream()))
                .findFirst());
    }

    /** A constructor is nobody else's. */
    private static Stream<String> whereToInherit(ClassModel type, String member) {
        return member.startsWith(CONSTRUCTOR) ? Stream.empty() : parents(type);
    }

    private Stream<Integer> members(String owner, ClassModel type, String member) {
        return Stream.concat(
                        type.methods().stream()
                                .filter(method ->
                                        member.equals(asJavapWritesIt(method.methodName(), method.methodType())))
                                .map(method -> method.flags().flagsMask()),
                        type.fields().stream()
                                .filter(field -> member.equals(asJavapWritesIt(field.fieldName(), field.fieldType())))
                                .map(field -> field.flags().flagsMask()))
                .filter(modifiers -> isOpen(owner, modifiers));
    }

    /** Java packages of the same name are two when two loaders have them. */
    private boolean isOpen(String owner, int modifiers) {
        return !ofWorker.contains(owner) || Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Stream<String> parents(ClassModel type) {
        return Stream.concat(type.superclass().stream(), type.interfaces().stream())
                .map(ClassEntry::asInternalName);
    }

    private static boolean isArray(ClassEntry type) {
        return type.asInternalName().startsWith("[");
    }

    private static String asJavapWritesIt(MemberRefEntry member) {
        return member.owner().asInternalName() + '.' + asJavapWritesIt(member.name(), member.type());
    }

    private static String asJavapWritesIt(Utf8Entry name, Utf8Entry descriptor) {
        return name.stringValue() + ':' + descriptor.stringValue();
    }

    /** As it is loaded: from the worker, the package, or the JDK. */
    private Optional<ClassModel> find(String type) {
        JarFile origin = origins.get(type);
        return origin == null ? ofJdk(type) : Optional.of(read(origin, type));
    }

    private static ClassModel read(JarFile jar, String type) {
        try (InputStream file = jar.getInputStream(jar.getEntry(type + CLASS))) {
            return ClassFile.of().parse(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ClassModel> ofJdk(String type) {
        try (InputStream file = ClassLoader.getPlatformClassLoader().getResourceAsStream(type + CLASS)) {
            return file == null ? Optional.empty() : Optional.of(ClassFile.of().parse(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : Set.copyOf(origins.values())) {
            jar.close();
        }
    }
}
