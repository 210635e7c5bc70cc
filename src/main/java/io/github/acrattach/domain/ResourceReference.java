package io.github.acrattach.domain;

/** How somebody names a cluster or a registry. */
public sealed interface ResourceReference {

    /** More than any id or link has: what is longer is no reference, and is not looked at. */
    int MAX_LENGTH = 4096;

    /** By its id: it is known which one is meant, without a look at Azure. */
    record Id(ArmId id) implements ResourceReference {
        @Override
        public String type() {
            return id.type();
        }

        @Override
        public String text() {
            return id.toString();
        }
    }

    /**
     * By a host that it answers at: one of a registry's login servers, or a cluster's API server. No two have the same.
     *
     * @param host in lower case, with its port unless that is https' own
     */
    record Host(String type, String host) implements ResourceReference {
        @Override
        public String text() {
            return host;
        }
    }

    /** By its name alone, which another one may have, too. */
    record Name(String type, String name) implements ResourceReference {
        @Override
        public String text() {
            return name;
        }
    }

    /** The type of what is meant: {@link ArmId#CLUSTER} or {@link ArmId#REGISTRY}. */
    String type();

    /** How it was named. */
    String text();

    /**
     * Reads how somebody named a resource of that type.
     *
     * @throws IllegalArgumentException when it is no id, host or name of one; the message says what to give instead
     */
    static ResourceReference parse(String text, String type) {
        String bare = PastedText.bare(text, MAX_LENGTH);
        if (bare.isEmpty()) {
            return new Id(ArmId.parse(bare, type));
        }
        return PastedId.find(bare, type)
                .<ResourceReference>map(Id::new)
                .or(() -> PastedName.find(bare, type))
                .orElseThrow(() -> new IllegalArgumentException("'" + PastedText.shown(bare)
                        + "' is neither the id nor the "
                        + (type.equals(ArmId.REGISTRY) ? "login server" : "API server") + " nor the name of a " + type
                        + "; its id is best: " + idCommand(type) + " prints it."));
    }

    /** What prints the id of a resource of which the name is known. */
    static String idCommand(String type) {
        return type.equals(ArmId.REGISTRY)
                ? "az acr show --name <name> --query id --output tsv"
                : "az aks show --resource-group <group> --name <name> --query id --output tsv";
    }
}
