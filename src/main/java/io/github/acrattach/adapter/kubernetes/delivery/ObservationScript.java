package io.github.acrattach.adapter.kubernetes.delivery;

import io.github.acrattach.adapter.kubernetes.access.CommandFiles;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of the script that observes. kubectl's templates print one line for each thing, its words in urlquery's
 * encoding: whatever stands in the cluster, it stays one word.
 */
final class ObservationScript {

    /** What the key of a label can be called; anything else is not there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,316}");

    /** No value that this program writes on a secret is longer. */
    private static final int LONGEST_VALUE = 1000;

    private static final String NOTHING = "never";

    /** Stands for what is not printed; urlquery prints none. */
    static final String TOO_LONG = "!";

    private ObservationScript() {}

    static CommandFiles files(Observation observation) {
        return CommandFiles.with("observe.sh", "look.sh")
                .and("namespaces.tmpl", namespaces(observation.labels()))
                .and("secrets.tmpl", secrets())
                .and("serviceaccounts.tmpl", serviceAccounts())
                .and("serviceaccounts.txt", linesThatMatter(observation));
    }

    /**
     * Expressions for grep: service accounts that refer to the secret, or carry a reference that this program added, or are
     * wanted; and what could not be listed. kubectl's templates know no patterns.
     */
    private static String linesThatMatter(Observation observation) {
        Stream<String> wanted = observation.wanted().stream()
                .flatMap(patterns -> patterns.written().stream())
                .map(pattern -> "^A [^ ]+ " + expression(pattern) + ' ');
        return Stream.concat(
                        Stream.of(
                                "^E ",
                                "[@,!]" + expression(observation.secretName()) + ",",
                                "@" + URLEncoder.encode(ObservedServiceAccount.ADDED, StandardCharsets.UTF_8) + '='),
                        wanted)
                .map(line -> line + '\n')
                .collect(Collectors.joining());
    }

    private static String expression(String pattern) {
        return pattern.replace(".", "[.]").replace("*", "[^ ]*").replace("?", "[^ ]");
    }

    private static String namespaces(Set<String> labels) {
        return "{{range .items}}N {{.metadata.name}} {{if .metadata.deletionTimestamp}}-{{else}}+{{end}} "
                + pairs(".metadata.labels", labels) + "{{\"\\n\"}}{{end}}";
    }

    private static String secrets() {
        return "{{range .items}}S {{.metadata.namespace}} {{.metadata.uid}} {{.metadata.resourceVersion}}"
                + " {{if le (len .type) " + ObservedSecret.LONGEST_TYPE
                + "}}{{urlquery .type}}{{end}} {{if .immutable}}-{{else}}+{{end}} {{if .metadata.finalizers}}-{{else}}+{{end}} "
                + pairs(".metadata.labels", Set.of(PullSecretManifest.MANAGED_BY)) + ' '
                + pairs(".metadata.annotations", PullSecretManifest.ANNOTATIONS, LONGEST_VALUE) + "{{\"\\n\"}}{{end}}";
    }

    /** A line for each; a name is one word without anything that could pass for another line. */
    static String names() {
        return "{{range .items}}M {{.metadata.name}}{{\"\\n\"}}{{end}}";
    }

    private static String serviceAccounts() {
        return "{{range .items}}A {{.metadata.namespace}} {{.metadata.name}} {{.metadata.uid}} {{.metadata.resourceVersion}} "
                + pairs(
                        ".metadata.annotations",
                        Set.of(ObservedServiceAccount.ADDED),
                        ObservedServiceAccount.LONGEST_ADDED + 1)
                + " @{{with .metadata.annotations}}{{with index . \"" + ObservedServiceAccount.ADDED + "\"}}"
                + ifLonger(ObservedServiceAccount.LONGEST_ADDED, TOO_LONG, "") + "{{end}}{{end}}"
                + "{{with .imagePullSecrets}}"
                + ifLonger(
                        ObservedServiceAccount.MOST_PULL_SECRETS,
                        TOO_LONG,
                        "{{range .}}{{with .name}}"
                                + ifLonger(ObservedServiceAccount.LONGEST_NAME, TOO_LONG, "{{urlquery .}}")
                                + "{{end}},{{end}}")
                + "{{end}}{{\"\\n\"}}{{end}}";
    }

    private static String ifLonger(int length, String then, String otherwise) {
        return "{{if gt (len .) " + length + "}}" + then + "{{else}}" + otherwise + "{{end}}";
    }

    /** Those of a map that have one of the names, as {@code @name=value&}. */
    private static String pairs(String map, Collection<String> names) {
        return pairs(map, names, Integer.MAX_VALUE);
    }

    private static String pairs(String map, Collection<String> names, int longest) {
        String any = names.stream()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> " \"" + name + '"')
                .sorted()
                .collect(Collectors.joining());
        return "@{{range $n, $v := " + map + "}}{{if eq $n" + (any.isEmpty() ? " \"" + NOTHING + "/\"" : any)
                + "}}{{if lt (len $v) " + longest + "}}{{urlquery $n}}={{urlquery $v}}&{{end}}{{end}}{{end}}";
    }
}
