package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The package for the Java worker, called as the worker does: from a class loader that knows the package alone, by the
 * entry point in function.json, on an instance that the package's own injector makes.
 */
class JavaWorkerIT {

    private static final int DELIVERIES = 5;
    private static final Path PACKAGE = Path.of("target", "azure-functions", "acr-attach");

    @Test
    void eventIsHandledThroughTheEntryPoint() throws Exception {
        // Never closed: the program in it ends with the JVM.
        URLClassLoader loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            Map<String, String> settings = settings(emulator);
            settings.forEach(System::setProperty);
            Thread.currentThread().setContextClassLoader(loader);
            try {
                Object function =
                        instance(loader, entryPoint().substring(0, entryPoint().lastIndexOf('.')));
                deliver(function, entryPoint().substring(entryPoint().lastIndexOf('.') + 1), event());
                assertThat(emulator.roleAssignments())
                        .anyMatch(each -> each.id().contains("/registries/acrshop/"));
            } finally {
                Thread.currentThread().setContextClassLoader(JavaWorkerIT.class.getClassLoader());
                settings.keySet().forEach(System::clearProperty);
            }
        }
    }

    @Test
    void itsHostStartsNoCustomHandler() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(PACKAGE.resolve("host.json").toFile())
                        .has("customHandler"))
                .isFalse();
    }

    private static Map<String, String> settings(Emulator emulator) throws IOException {
        Path certificate = Files.createTempFile("emulator", ".pem");
        certificate.toFile().deleteOnExit();
        Files.writeString(certificate, emulator.certificate());
        return Map.ofEntries(
                Map.entry("quarkus.http.host-enabled", "false"),
                Map.entry("acr-attach.azure.credential", "client-secret"),
                Map.entry("acr-attach.azure.tenant-id", Estates.TENANT),
                Map.entry("acr-attach.azure.client-id", Estates.PROGRAM_CLIENT),
                Map.entry("acr-attach.azure.client-secret", Estates.PROGRAM_SECRET),
                Map.entry("acr-attach.azure.trusted-certificates", certificate.toString()),
                Map.entry("acr-attach.azure.endpoints.authority", emulator.uri().toString()),
                Map.entry(
                        "acr-attach.azure.endpoints.resource-manager",
                        emulator.uri().toString()),
                Map.entry("acr-attach.azure.endpoints.graph", emulator.uri().toString()),
                Map.entry("acr-attach.rules.all.clusters.names", "aks-shop"),
                Map.entry("acr-attach.rules.all.registries.names", "acrshop"));
    }

    private static URL[] jars() throws IOException {
        try (Stream<Path> lib = Files.list(PACKAGE.resolve("lib"));
                Stream<Path> runner = Files.list(PACKAGE)) {
            Stream<URL> packaged = Stream.concat(runner, lib)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .map(JavaWorkerIT::url);
            Stream<URL> broughtByTheWorker = Stream.of(
                            FunctionInstanceInjector.class, ExecutionContext.class, HttpRequestMessage.class)
                    .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                    .distinct();
            return Stream.concat(broughtByTheWorker, packaged).toArray(URL[]::new);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String entryPoint() throws IOException {
        JsonNode function = new ObjectMapper()
                .readTree(PACKAGE.resolve("ResourceChanged")
                        .resolve("function.json")
                        .toFile());
        return function.path("entryPoint").asText();
    }

    private static String event() throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "events", "aks-created.json"));
    }

    private static Object instance(ClassLoader loader, String type) throws ReflectiveOperationException {
        Class<?> service = loader.loadClass(FunctionInstanceInjector.class.getName());
        Object injector = ServiceLoader.load(service, loader).findFirst().orElseThrow();
        return service.getMethod("getInstance", Class.class).invoke(injector, loader.loadClass(type));
    }

    /** As Event Grid does: again, while the program asks for it, which it does on a machine that is too busy. */
    private static void deliver(Object function, String method, String event) throws ReflectiveOperationException {
        Optional<Throwable> failure = call(function, method, event);
        for (int again = 0;
                again < DELIVERIES && failure.filter(JavaWorkerIT::asksAgain).isPresent();
                again++) {
            failure = call(function, method, event);
        }
        assertThat(failure).isEmpty();
    }

    private static boolean asksAgain(Throwable failure) {
        return failure.getMessage().startsWith("The event has to come again");
    }

    private static Optional<Throwable> call(Object function, String method, String event)
            throws ReflectiveOperationException {
        Method entry = Stream.of(function.getClass().getMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        Class<?> contextType = entry.getParameterTypes()[1];
        InvocationHandler context = (proxy, called, arguments) -> called.getReturnType() == Logger.class
                ? Logger.getLogger("worker")
                : called.getReturnType() == String.class ? "invocation-1" : null;
        try {
            entry.invoke(
                    function,
                    event,
                    Proxy.newProxyInstance(contextType.getClassLoader(), new Class<?>[] {contextType}, context));
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(e.getCause());
        }
    }
}
