package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What names, labels and annotations may look like. */
final class MetadataRules {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern NAME_PART = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    private MetadataRules() {}

    static List<Cause> check(Kind kind, ObjectNode object) {
        List<Cause> causes = new ArrayList<>();
        String name = Objects.text(object, "name");
        if (name.isEmpty()) {
            causes.add(Cause.required("metadata.name", "name or generateName is required"));
        } else {
            name(kind, name, causes);
        }
        object.path("metadata").path("labels").properties().forEach(label -> {
            key("metadata.labels", label.getKey(), causes);
            String value = label.getValue().asText();
            if (value.length() > 63) {
                causes.add(Cause.invalid("metadata.labels", value, "must be no more than 63 characters"));
            }
            if (!VALUE.matcher(value).matches()) {
                causes.add(Cause.invalid(
                        "metadata.labels",
                        value,
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                                + " and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                                + " '12345', regex used for validation is '" + VALUE + "')"));
            }
        });
        object.path("metadata")
                .path("annotations")
                .properties()
                .forEach(annotation -> key("metadata.annotations", annotation.getKey(), causes));
        return causes;
    }

    private static void name(Kind kind, String name, List<Cause> causes) {
        int limit = kind == Kind.NAMESPACE ? 63 : 253;
        if (name.length() > limit) {
            causes.add(Cause.invalid("metadata.name", name, "must be no more than " + limit + " characters"));
        }
        if (kind == Kind.NAMESPACE && !LABEL.matcher(name).matches()) {
            causes.add(Cause.invalid(
                    "metadata.name",
                    name,
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                            + " and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                            + " validation is '" + LABEL + "')"));
        }
        if (kind != Kind.NAMESPACE && !SUBDOMAIN.matcher(name).matches()) {
            causes.add(Cause.invalid(
                    "metadata.name",
                    name,
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                            + " validation is '" + SUBDOMAIN + "')"));
        }
    }

    /** A name, or a domain, a slash and a name. */
    private static void key(String field, String key, List<Cause> causes) {
        int slash = key.indexOf('/');
        String part = key.substring(slash + 1);
        if (slash >= 0 && !SUBDOMAIN.matcher(key.substring(0, slash)).matches()) {
            causes.add(
                    Cause.invalid(
                            field,
                            key,
                            "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'"));
        }
        if (part.length() > 63) {
            causes.add(Cause.invalid(field, key, "name part must be no more than 63 characters"));
        }
        if (!NAME_PART.matcher(part).matches()) {
            causes.add(Cause.invalid(
                    field,
                    key,
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '" + NAME_PART + "')"));
        }
    }
}
