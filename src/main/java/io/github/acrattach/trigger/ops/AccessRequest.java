package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.PairReference;
import io.github.acrattach.domain.ResourceReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question whether a cluster can pull.
 *
 * @param image what it is to pull; with it, the registry need not be named
 */
record AccessRequest(PairReference pair, Optional<ImageReference> image) {

    private static final List<String> PARAMETERS = List.of("cluster", "registry", "image");

    static AccessRequest fromQuery(Map<String, List<String>> query) {
        QueryParameters parameters = QueryParameters.of(query, PARAMETERS);
        Optional<ImageReference> image = parameters.value("image").map(AccessRequest::image);
        Optional<String> registry = parameters.value("registry");
        if (registry.isPresent() || image.isEmpty()) {
            return new AccessRequest(
                    PairRequest.pair(parameters.value("cluster").orElse(""), registry.orElse("")), image);
        }
        return new AccessRequest(
                new PairReference(
                        PairRequest.reference(
                                "cluster", parameters.value("cluster").orElse(""), ArmId.CLUSTER),
                        registryOf(image.get())),
                image);
    }

    /** The parameter that names the registry. */
    static String registryField(Map<String, List<String>> query) {
        return query.containsKey("registry") ? "registry" : "image";
    }

    private static ImageReference image(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("image", e.getMessage());
        }
    }

    private static ResourceReference registryOf(ImageReference image) {
        if (image.host().equals(ImageReference.DOCKER_HUB)) {
            throw new BadRequest(
                    "image",
                    (image.isShort()
                                    ? "An image that names no registry is pulled from Docker Hub, as "
                                    : "This image is pulled from Docker Hub, as ")
                            + image
                            + "; one of an Azure registry is named as <login server>/<repository>:<tag>. With registry="
                            + " beside it, the answer is about that registry.");
        }
        return new ResourceReference.Host(ArmId.REGISTRY, image.host());
    }
}
