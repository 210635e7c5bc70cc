package io.github.acrattach.adapter.kubernetes.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.CommandFiles;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.access.RunCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Through AKS Run Command: one command to observe, and one to carry out. Its scripts are resources, the same for all. */
record RunCommandRoute(RunCommand runCommand, Cluster cluster, KubernetesDiagnosis diagnosis) implements Route {

    /** Each is a command of its own, and a namespace has some hundred bytes: these are enough for thousands. */
    private static final int MOST_SLICES = 10;

    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("BadRequest", 400),
            Map.entry("Unauthorized", 401),
            Map.entry("Forbidden", 403),
            Map.entry("NotFound", 404),
            Map.entry("AlreadyExists", 409),
            Map.entry("Conflict", 409),
            Map.entry("Gone", 410),
            Map.entry("Expired", 410),
            Map.entry("RequestEntityTooLarge", 413),
            Map.entry("Invalid", 422),
            Map.entry("TooManyRequests", 429),
            Map.entry("InternalError", 500));

    private static final int UNKNOWN = 503;

    /** What a script says in the place of a reason, where it was not the API server that kept service accounts back. */
    private static final String TOO_MANY = "TooMany";

    @Override
    public NamespaceProblems problems() {
        return new NamespaceProblems(diagnosis);
    }

    /** A command takes longer than Kubernetes does. */
    @Override
    public Duration serviceAccountWait() {
        return Duration.ZERO;
    }

    @Override
    public List<ObservedNamespace> observe(Observation observation) throws KubernetesFailure {
        CommandFiles files = ObservationScript.files(observation);
        StringBuilder observed = new StringBuilder();
        Optional<ObservationSlice> first = Optional.empty();
        for (int slice = 0; slice < MOST_SLICES; slice++) {
            String command = "sh look.sh " + observation.secretName() + ' ' + (observed.length() + 1);
            ObservationSlice next = ObservationSlice.in(run(command, files))
                    .orElseThrow(() -> failed("The command pod did not print what it observed."));
            if (first.filter(before -> !before.isOfTheSame(next)).isPresent()) {
                throw changing();
            }
            first = Optional.of(next);
            observed.append(next.text());
            if (observed.length() >= next.total()) {
                return namespaces(observed.toString(), observation);
            }
        }
        throw failed("The cluster holds more namespaces, service accounts and pull secrets than commands can print.");
    }

    private KubernetesFailure failed(String cause) {
        return new KubernetesFailure(
                0,
                false,
                diagnosis.problem(
                        Problem.Kind.REJECTED,
                        cause,
                        ApiRequest.list(ApiRequest.SERVICE_ACCOUNTS),
                        "Let this program reach the API server of "
                                + cluster.id().name()
                                + " itself: run it in a network that reaches the cluster (VNet integration)."),
                Optional.empty());
    }

    private CloudUnavailable changing() {
        return new CloudUnavailable(
                diagnosis.problem(
                        Problem.Kind.UNAVAILABLE,
                        "What the cluster holds changed while it was read in several parts.",
                        ApiRequest.list(ApiRequest.SECRETS),
                        Problem.WAITING_HELPS),
                Optional.empty());
    }

    private List<ObservedNamespace> namespaces(String observed, Observation observation) throws KubernetesFailure {
        PrintedObservation printed = PrintedObservation.of(observed);
        Map<String, KubernetesFailure> hidden = new HashMap<>();
        for (PrintedObservation.Unseen unseen : printed.unseen()) {
            KubernetesFailure failure = unseen.reason().equals(TOO_MANY)
                    ? failed("The cluster holds more service accounts than commands can print.")
                    : failure(ApiRequest.list(unseen.resource()), unseen.reason());
            if (observation.wanted().isEmpty() || !unseen.resource().equals(ApiRequest.SERVICE_ACCOUNTS)) {
                throw failure;
            }
            hidden.put(unseen.resource(), failure);
        }
        return observation.namespaces().<Set<String>>map(TreeSet::new).orElseGet(printed::names).stream()
                .map(name -> printed.namespaceOrGone(name, hidden))
                .toList();
    }

    @Override
    public Set<String> namesBeginningWith(String beginning) throws KubernetesFailure {
        String printed = run("sh names.sh", CommandFiles.with("names.sh").and("names.tmpl", ObservationScript.names()));
        return printed.lines()
                .filter(line -> line.startsWith("M " + beginning))
                .map(line -> line.substring(2))
                .collect(Collectors.toSet());
    }

    @Override
    public CarriedOut carryOut(List<NamespaceDecision> decisions, Observation observation) throws KubernetesFailure {
        List<ApiRequest> requests = new ArrayList<>();
        Map<Integer, ApiRequest> firstOf = new HashMap<>();
        CommandFiles files = ObservationScript.files(observation).and("carry-out.sh");
        for (NamespaceDecision decision : decisions) {
            StringBuilder lines = new StringBuilder();
            int step = 0;
            for (List<ApiRequest> ofStep : decision.steps()) {
                step++;
                for (ApiRequest request : ofStep) {
                    int number = requests.size();
                    requests.add(request);
                    request.body().map(ObjectNode::toString).ifPresent(json -> files.and(number + ".json", json));
                    lines.append(step)
                            .append(' ')
                            .append(number)
                            .append(' ')
                            .append(request.words())
                            .append('\n');
                }
            }
            if (step > 0) {
                int last = requests.size() - 1;
                files.and(last + ".steps", lines.toString());
                firstOf.put(last, decision.steps().get(0).get(0));
            }
        }
        return requests.isEmpty()
                ? new CarriedOut(Map.of(), Optional.empty())
                : carriedOut(run("sh carry-out.sh " + observation.secretName(), files), requests, firstOf, observation);
    }

    private CarriedOut carriedOut(
            String printed, List<ApiRequest> requests, Map<Integer, ApiRequest> files, Observation observation) {
        Map<String, Failed> failures = new HashMap<>();
        for (String line : printed.lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && words[0].equals("F")) {
                ApiRequest request = requests.get(Integer.parseInt(words[1]));
                failures.putIfAbsent(
                        request.namespace().orElseThrow(), new Failed(request, failure(request, words[2])));
            }
        }
        // A file of steps of which no end is told was not worked on, or not to its end.
        Set<String> ended =
                printed.lines().filter(line -> line.startsWith("D ")).collect(Collectors.toSet());
        files.forEach((number, request) -> {
            if (!ended.contains("D " + number)) {
                failures.putIfAbsent(
                        request.namespace().orElseThrow(), new Failed(request, failure(request, "Unknown")));
            }
        });
        return new CarriedOut(failures, observedSince(printed, observation.of(failures.keySet())));
    }

    /** Empty where not all of it was printed, or something could not be seen: then it is looked at again. */
    private Optional<List<ObservedNamespace>> observedSince(String printed, Observation observation) {
        Optional<ObservationSlice> whole = ObservationSlice.in(printed)
                .filter(slice -> slice.total() == slice.text().length());
        try {
            return whole.isPresent() ? Optional.of(namespaces(whole.get().text(), observation)) : Optional.empty();
        } catch (KubernetesFailure unseen) {
            return Optional.empty();
        }
    }

    /** From the API server's reason word and what fixed patterns found. */
    private KubernetesFailure failure(ApiRequest request, String printed) {
        String[] words = printed.split(" ", 2);
        ObjectNode status = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("message", words.length > 1 ? words[1] : "");
        return diagnosis.of(request, STATUS.getOrDefault(words[0], UNKNOWN), status, Optional.empty());
    }

    private String run(String command, CommandFiles files) throws KubernetesFailure {
        Lookup<String> printed = runCommand.run(cluster, command, files);
        return KubernetesFailure.orThrow(printed);
    }
}
