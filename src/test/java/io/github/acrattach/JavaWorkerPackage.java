package io.github.acrattach;

import com.google.gson.Gson;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The package for the Java worker, and the class path on which the worker runs it. */
final class JavaWorkerPackage {

    static final Path FOLDER = Path.of("target", "azure-functions", "acr-attach");

    private JavaWorkerPackage() {}

    /** The program and its dependencies. */
    static List<Path> jars() throws IOException {
        try (Stream<Path> runner = Files.list(FOLDER);
                Stream<Path> lib = Files.list(FOLDER.resolve("lib"))) {
            return Stream.concat(runner, lib)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList();
        }
    }

    /** What the worker 2.17.0 holds under its own name; all else in it is relocated. */
    static List<Path> workerJars() {
        return List.of(
                jar(Gson.class, "gson-2.9.0.jar"),
                jar(ExecutionContext.class, "azure-functions-java-core-library-1.2.0.jar"),
                jar(FunctionInstanceInjector.class, "azure-functions-java-spi-1.0.0.jar"));
    }

    /**
     * As in the worker: its own jar is asked first, the package after it, then the annotations that it brings along for
     * packages without them, and nothing else but the JDK.
     */
    static URLClassLoader loader() throws IOException {
        List<Path> jars = new ArrayList<>(jars());
        jars.add(jar(FunctionName.class, "azure-functions-java-library-3.2.3.jar"));
        return new URLClassLoader(
                urls(jars), new URLClassLoader(urls(workerJars()), ClassLoader.getPlatformClassLoader()) {
                    /** The test's own, from the same jars: so that a test can speak with what is loaded. */
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        if (findResource(name.replace('.', '/') + ".class") == null) {
                            throw new ClassNotFoundException(name);
                        }
                        return JavaWorkerPackage.class.getClassLoader().loadClass(name);
                    }
                });
    }

    private static Path jar(Class<?> type, String name) {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!jar.endsWith(name)) {
                throw new IllegalStateException("The Java worker has " + name + ", the tests " + jar.getFileName()
                        + ": pom.xml has to name the worker's version.");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }
}
