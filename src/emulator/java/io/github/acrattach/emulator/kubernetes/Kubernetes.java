package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.Bearer;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The API servers of all clusters, told apart by the path: token, rights and resource, in that order. */
public final class Kubernetes {
    private static final Pattern PATH =
            Pattern.compile("(/_inside/(?<pass>[^/]+))?/_clusters/(?<key>[^/]+)(?<rest>(/.*)?)");

    private final Tokens tokens;
    private final Audiences audiences;
    private final Access access;
    private final Supplier<Stream<AksCluster>> existing;
    private final Map<String, Map<String, Map<String, String>>> estate;
    private final Controllers controllers;
    private final Doors doors;
    private final AdmissionRules admission = new AdmissionRules();
    private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();

    /** The estate names the namespaces of a cluster by the cluster's name or id, with their labels. */
    public Kubernetes(
            Tokens tokens,
            Audiences audiences,
            Rights rights,
            Supplier<Stream<AksCluster>> existing,
            Map<String, Map<String, Map<String, String>>> estate,
            Controllers controllers,
            Doors doors) {
        this.tokens = tokens;
        this.audiences = audiences;
        this.access = new Access(rights);
        this.existing = existing;
        this.estate = estate;
        this.controllers = controllers;
        this.doors = doors;
    }

    public boolean serves(String path) {
        return PATH.matcher(path).matches();
    }

    /** Empty when nobody listens there: no such cluster, a stopped or private one, or one with a server of its own. */
    public Optional<Answer> answer(Request request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        boolean inside = doors.isPass(path.group("pass"));
        return existing.get()
                .filter(cluster -> cluster.key().equals(path.group("key")))
                .filter(AksCluster::isUp)
                .filter(cluster -> inside || path.group("pass") == null && !cluster.isPrivate())
                .filter(cluster -> doors.server(cluster).isEmpty())
                .findFirst()
                .map(cluster -> answer(request, path.group("rest"), cluster));
    }

    /** Who refuses what is written into the small clusters. */
    public AdmissionRules admission() {
        return admission;
    }

    public void reset() {
        clusters.clear();
        admission.clear();
    }

    /** A cluster that is made again under the same name begins empty. */
    public void forget(String id) {
        clusters.keySet().removeIf(id::equalsIgnoreCase);
    }

    /** Namespaces and names of all small clusters. */
    public ObjectNode describe() {
        ObjectNode all = Json.object();
        existing.get().filter(cluster -> doors.server(cluster).isEmpty()).forEach(cluster -> all.putObject(cluster.id())
                .put("server", doors.address(cluster).toString())
                .set("namespaces", of(cluster).describe()));
        return all;
    }

    private Answer answer(Request request, String path, AksCluster cluster) {
        try {
            Optional<User> user = user(request, cluster);
            Optional<Answer> discovered =
                    request.method().equals("GET") ? Discovery.answer(path, cluster) : Optional.empty();
            if (user.isEmpty()) {
                throw Refusal.unauthorized();
            }
            return discovered.orElseGet(() -> onResource(request, path, cluster, user.get()));
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private Answer onResource(Request request, String path, AksCluster cluster, User user) {
        Target target = Target.of(request, path).orElseThrow(Refusal::notServed);
        access.check(user, cluster, target);
        Kind kind = target.kind().orElseThrow(Refusal::notServed);
        if (target.namespace().isEmpty() && kind.isNamespaced() && target.name().isPresent()) {
            throw Refusal.notServed();
        }
        return new Resources(
                        of(cluster),
                        kind,
                        kind.isNamespaced() ? target.namespace().orElse("") : "",
                        admission.of(user))
                .answer(request, target);
    }

    private Optional<User> user(Request request, AksCluster cluster) {
        if (doors.isLocalAccount(cluster, request.header("Authorization").orElse(""))) {
            return Optional.of(User.local());
        }
        return cluster.isEntra() && tokens.read(request, audiences.kubernetes()) instanceof Bearer.Valid valid
                ? Optional.of(new User(valid.caller().objectId(), false))
                : Optional.empty();
    }

    private Cluster of(AksCluster cluster) {
        return clusters.computeIfAbsent(cluster.id(), id -> new Cluster(namespaces(cluster), controllers));
    }

    private Map<String, Map<String, String>> namespaces(AksCluster cluster) {
        return estate.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(cluster.name())
                        || each.getKey().equalsIgnoreCase(cluster.id()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Map.of("apps", Map.of()));
    }
}
