package io.github.acrattach;

import io.smallrye.classfile.ClassFile;
import io.smallrye.classfile.ClassModel;
import io.smallrye.classfile.constantpool.ClassEntry;
import io.smallrye.classfile.constantpool.InvokeDynamicEntry;
import io.smallrye.classfile.constantpool.MemberRefEntry;
import io.smallrye.classfile.constantpool.MethodTypeEntry;
import io.smallrye.classfile.constantpool.PoolEntry;
import io.smallrye.classfile.constantpool.Utf8Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p>All that a class links to stands in its constant pool. What reads it is java.lang.classfile, as Quarkus brings it along
 * for a JDK older than 24.
 */
final class Linkage implements AutoCloseable {

    private static final String CLASS = ".class";
    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([^;]+);");

    private final Set<String> ofWorker;
    private final Set<String> javaPackagesOfWorker;
    private final List<JarFile> packaged = new ArrayList<>();
    private final Map<String, JarFile> origins = new HashMap<>();
    private final Map<String, Boolean> inherits = new HashMap<>();
    private final Map<String, Boolean> missing = new HashMap<>();

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
        return StreamSupport.stream(type.constantPool().spliterator(), false)
                .flatMap(entry -> entry instanceof MemberRefEntry member
                        ? Stream.of(member).filter(this::isMissing).map(Linkage::asJavapWritesIt)
                        : types(entry).filter(this::isMissing));
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
        String owner = member.owner().asInternalName();
        return !isArray(member.owner())
                && inheritsFromWorker(owner)
                && missing.computeIfAbsent(asJavapWritesIt(member), text -> !has(owner, member.name(), member.type()));
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

    /**
     * As the JVM looks for a member: in the class, then in what it extends and implements. Of a class that is not there,
     * an optional dependency's, nothing is known.
     */
    private boolean has(String owner, Utf8Entry name, Utf8Entry descriptor) {
        Optional<ClassModel> type = find(owner);
        return type.isEmpty()
                || members(owner, type.get()).anyMatch(asJavapWritesIt(name, descriptor)::equals)
                || parents(type.get()).anyMatch(parent -> has(parent, name, descriptor));
    }

    private Stream<String> members(String owner, ClassModel type) {
        return Stream.concat(
                type.methods().stream()
                        .filter(method -> isOpen(owner, method.flags().flagsMask()))
                        .map(method -> asJavapWritesIt(method.methodName(), method.methodType())),
                type.fields().stream()
                        .filter(field -> isOpen(owner, field.flags().flagsMask()))
                        .map(field -> asJavapWritesIt(field.fieldName(), field.fieldType())));
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
