package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.TraceContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The package, loaded and called as the Java worker does: all middlewares are made first, then the only injector, and each
 * function is called by the entry point in its function.json, on an instance that the injector makes, through all
 * middlewares in their order. It ends with the JVM.
 */
final class JavaWorker {

    private static final Pattern DOT =
            Pattern.compile("(?<=attach|azure|endpoints|kubernetes|rules|rules-[a-z]|clusters|registries|secret)-");

    /** The operation that each call belongs to. */
    static final String OPERATION = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Queue<LogRecord> log = new ConcurrentLinkedQueue<>();
    private final ClassLoader loader;
    private final FunctionInstanceInjector injector;
    private final List<Middleware> middlewares;

    private JavaWorker(ClassLoader loader) {
        this.loader = loader;
        middlewares = services(Middleware.class);
        List<FunctionInstanceInjector> injectors = services(FunctionInstanceInjector.class);
        if (injectors.size() != 1) {
            throw new IllegalStateException("The worker takes one injector, not " + injectors);
        }
        injector = injectors.get(0);
    }

    private <T> List<T> services(Class<T> type) {
        return ServiceLoader.load(type, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** With the settings as properties: this process cannot change its own environment. */
    static JavaWorker start(Map<String, String> environment) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of("quarkus.http.host-enabled", "false"));
        environment.forEach((variable, value) -> properties.put(property(variable), value));
        URLClassLoader loader = JavaWorkerPackage.loader();
        properties.forEach(System::setProperty);
        try {
            return within(loader, () -> new JavaWorker(loader));
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    /** {@code ACR_ATTACH_RULES_T_JOIN_ON_TAGS} is {@code acr-attach.rules.t.join-on-tags}. */
    private static String property(String variable) {
        return variable.startsWith("ACR_ATTACH_")
                ? DOT.matcher(variable.toLowerCase(Locale.ROOT).replace('_', '-'))
                        .replaceAll(".")
                : variable;
    }

    /** What functions gave to the logger of their calls, which the worker sends to the host with its severity. */
    List<LogRecord> log() {
        return List.copyOf(log);
    }

    HttpResponseMessage post(String function, String json) throws Exception {
        return (HttpResponseMessage) invoke(function, JavaWorkerRequest.post(json));
    }

    HttpResponseMessage get(String function, Map<String, String> query) throws Exception {
        return (HttpResponseMessage) invoke(function, JavaWorkerRequest.get(query));
    }

    /** Calls a function; what it throws is thrown. */
    Object invoke(String function, Object input) throws Exception {
        return invoke(function, input, Map.of());
    }

    /** The same, where the trigger tells more beside its input. */
    Object invoke(String function, Object input, Map<String, Object> metadata) throws Exception {
        String entryPoint = entryPoint(function);
        int end = entryPoint.lastIndexOf('.');
        return within(loader, () -> {
            Class<?> type = loader.loadClass(entryPoint.substring(0, end));
            Object instance = injector.getInstance(type);
            // Of the class in function.json: what the injector makes has no annotations.
            Method method = Stream.of(type.getMethods())
                    .filter(each -> each.getName().equals(entryPoint.substring(end + 1)))
                    .findFirst()
                    .orElseThrow();
            Invocation invocation = new Invocation(function, log);
            chain(
                            middlewares,
                            context -> context.updateReturnValue(
                                    called(method, instance, arguments(method, input, metadata, context))))
                    .doNext(invocation);
            return invocation.getReturnValue();
        });
    }

    private static MiddlewareChain chain(List<Middleware> middlewares, MiddlewareChain last) {
        return middlewares.isEmpty()
                ? last
                : context ->
                        middlewares.get(0).invoke(context, chain(middlewares.subList(1, middlewares.size()), last));
    }

    /** RpcIntegerDataSource makes a text of a number where a text is wanted. */
    private static Object[] arguments(
            Method method, Object input, Map<String, Object> metadata, MiddlewareContext context) {
        return Stream.of(method.getParameters())
                .map(parameter -> parameter.getType() == ExecutionContext.class
                        ? context
                        : bindingName(parameter)
                                .<Object>map(name -> String.valueOf(Objects.requireNonNull(metadata.get(name), name)))
                                .orElse(input))
                .toArray();
    }

    /** By the name of the annotation, as CoreTypeResolver does: its class is the app's own. */
    private static Optional<String> bindingName(Parameter parameter) {
        return Stream.of(parameter.getAnnotations())
                .filter(each -> each.annotationType().getName().equals(BindingName.class.getName()))
                .findFirst()
                .map(JavaWorker::value);
    }

    private static String value(Annotation annotation) {
        try {
            return (String) annotation.annotationType().getMethod("value").invoke(annotation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object called(Method method, Object instance, Object... arguments) throws Exception {
        try {
            return method.invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    private static String entryPoint(String function) throws IOException {
        JsonNode definition = new ObjectMapper()
                .readTree(JavaWorkerPackage.FOLDER
                        .resolve(function)
                        .resolve("function.json")
                        .toFile());
        return definition.path("entryPoint").asText();
    }

    private static <T> T within(ClassLoader loader, Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** One call of a function, as the middleware sees it. */
    private static final class Invocation implements MiddlewareContext {

        private final String id = UUID.randomUUID().toString();
        private final String function;
        private final Logger logger = Logger.getAnonymousLogger();
        private Object returned;

        Invocation(String function, Queue<LogRecord> log) {
            this.function = function;
            logger.setUseParentHandlers(false);
            logger.setFilter(entry -> {
                log.add(entry);
                return false;
            });
        }

        @Override
        public Logger getLogger() {
            return logger;
        }

        @Override
        public TraceContext getTraceContext() {
            return new TraceContext() {
                @Override
                public String getTraceparent() {
                    return "00-" + OPERATION + "-00f067aa0ba902b7-01";
                }

                @Override
                public String getTracestate() {
                    return "";
                }

                @Override
                public Map<String, String> getAttributes() {
                    return Map.of();
                }
            };
        }

        @Override
        public String getInvocationId() {
            return id;
        }

        @Override
        public String getFunctionName() {
            return function;
        }

        @Override
        public Object getReturnValue() {
            return returned;
        }

        @Override
        public void updateReturnValue(Object value) {
            returned = value;
        }

        @Override
        public String getParameterName(String annotation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object getParameterValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void updateParameterValue(String name, Object value) {
            throw new UnsupportedOperationException();
        }
    }
}
