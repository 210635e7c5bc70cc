package io.github.acrattach.domain.access;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.RegionalHost;
import io.github.acrattach.domain.Registry;
import java.util.Optional;

/** Whether an image is one of the registry that is asked about: what the registry allows bears upon no other. */
public final class ImageChecks {

    private ImageChecks() {}

    /** Of an image of which nobody knows whose it is, if not this registry's. */
    public static Finding of(ImageReference image, Registry registry) {
        return of(image, registry, Optional.empty());
    }

    /** @param owner the registry that the image is one of, where it is not this one, as far as that is known */
    public static Finding of(ImageReference image, Registry registry, Optional<ArmId> owner) {
        if (registry.loginServer().isEmpty()) {
            return Finding.skipped(Check.RESOURCES, "image host " + image.host() + "; ARM shows no login server");
        }
        if (image.registryHost().isLoginServerOf(registry)) {
            return Finding.ok(Check.RESOURCES, "image host " + image.host() + " is a login server of the registry");
        }
        return Finding.fails(
                Check.RESOURCES,
                Code.IMAGE_OF_ANOTHER_REGISTRY,
                "image host " + image.host() + ", login server " + registry.loginServer(),
                cause(image, registry, owner),
                fix(image, registry, owner));
    }

    private static String fix(ImageReference image, Registry registry, Optional<ArmId> owner) {
        String here = "ame the image " + image.at(registry.loginServer()) + " in the pod's spec.";
        return isOf(image, registry) || image.isShort()
                ? "N" + here
                : "Ask for the registry "
                        + owner.map(ArmId::toString)
                                .orElse("that " + image.host() + " belongs to, if it is an Azure one")
                        + ", or n" + here;
    }

    private static boolean isOf(ImageReference image, Registry registry) {
        return image.registryHost().isOf(registry) || isRegional(image, registry);
    }

    /** Of a region in which the registry answers, or might. */
    public static boolean isRegional(ImageReference image, Registry registry) {
        return RegionalHost.region(registry.loginServer(), image.host()).isPresent();
    }

    private static String cause(ImageReference image, Registry registry, Optional<ArmId> owner) {
        String name = registry.id().name();
        if (image.isShort()) {
            return "An image that names no registry is pulled from Docker Hub, as " + image + ", and not from " + name
                    + ".";
        }
        if (isRegional(image, registry)) {
            return "The host of the image, " + image.host() + ", is a regional endpoint, and not one of " + name
                    + "'s: they are not enabled there, or not in that region, so that nothing answers by that name.";
        }
        if (image.registryHost().isOf(registry)) {
            return "The host of the image, " + image.host() + ", is a data endpoint of " + name
                    + ", at which layers are fetched, and no login server: no image can be named by it.";
        }
        return "The image is pulled from " + image.host() + ", which is no login server of " + name
                + owner.map(whose -> ", but one of " + whose.name()).orElse("") + ".";
    }
}
