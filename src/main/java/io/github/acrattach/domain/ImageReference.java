package io.github.acrattach.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image as the spec of a pod names it, by the grammar of github.com/distribution/reference, in which kubelets read it, too.
 * One that names no host is one of Docker Hub.
 *
 * @param host whose it is, in lower case, with its port if it names one
 * @param repository the repository at that host
 * @param isShort whether the host was left out
 */
public record ImageReference(
        String host, String repository, Optional<String> tag, Optional<String> digest, boolean isShort) {

    /** Where images are that name no host. */
    public static final String DOCKER_HUB = "docker.io";

    private static final int MAX_LENGTH = 1024;
    private static final int LONGEST_REPOSITORY = 255;

    private static final Pattern REFERENCE =
            Pattern.compile("(?<name>[^:@]+(?::[0-9]+/[^:@]*)?)(?::(?<tag>[^@]*))?(?:@(?<digest>.*))?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*(?::[0-9]{1,5})?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /** The length of each is that of its algorithm, in lower case: github.com/opencontainers/image-spec, descriptor.md. */
    private static final Pattern DIGEST =
            Pattern.compile("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; the message says why. A kubelet says InvalidImageName of such
     */
    public static ImageReference parse(String text) {
        String bare = PastedText.bare(text, MAX_LENGTH);
        require(!bare.isEmpty(), "An image is named as <login server>/<repository>:<tag>.");
        require(
                !SCHEME.matcher(bare).matches(),
                "An image is named without a scheme, such as https://, before its host.");
        Matcher reference = REFERENCE.matcher(bare);
        require(
                reference.matches(),
                "'" + PastedText.shown(bare) + "' names no image; one is named as <login server>/<repository>:<tag>.");
        Optional<String> tag = Optional.ofNullable(reference.group("tag"));
        require(
                tag.filter(each -> !TAG.matcher(each).matches()).isEmpty(),
                "The tag of an image, behind its ':', has 1 to 128 letters, digits and _ . - in it, and begins with none of"
                        + " the last two.");
        Optional<String> digest = Optional.ofNullable(reference.group("digest"));
        require(
                digest.filter(each -> !DIGEST.matcher(each).matches()).isEmpty(),
                "The digest of an image, behind its '@', is sha256: and 64 digits of 0-9 and a-f.");
        return named(reference.group("name"), tag, digest);
    }

    private static ImageReference named(String name, Optional<String> tag, Optional<String> digest) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean isHost = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        String path = isHost ? name.substring(slash + 1) : name;
        require(!isHost || HOST.matcher(first).matches(), "What stands before the first '/' of this image is no host.");
        require(
                REPOSITORY.matcher(path).matches() && path.length() <= LONGEST_REPOSITORY,
                "The repository of an image, '" + PastedText.shown(path)
                        + "' here, is of lower-case letters and digits, with"
                        + " single . _ - or / between them, and has at most " + LONGEST_REPOSITORY + " characters.");
        String host = isHost ? first.toLowerCase(Locale.ROOT).replaceAll(":443$", "") : DOCKER_HUB;
        boolean isOfficial = isHub(host) && path.indexOf('/') < 0;
        return new ImageReference(
                isHub(host) ? DOCKER_HUB : host, isOfficial ? "library/" + path : path, tag, digest, !isHost);
    }

    private static boolean isHub(String host) {
        return host.equals(DOCKER_HUB) || host.equals("index.docker.io");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The host as that of a registry. */
    public RegistryHost registryHost() {
        return new RegistryHost(host);
    }

    /** The same image at another host. */
    public String at(String otherHost) {
        return otherHost + "/" + repository + tag.map(each -> ":" + each).orElse("")
                + digest.map(each -> "@" + each).orElse("");
    }

    /** As it is pulled: with its host. */
    @Override
    public String toString() {
        return at(host);
    }
}
