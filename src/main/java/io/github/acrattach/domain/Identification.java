package io.github.acrattach.domain;

import java.util.List;
import java.util.stream.Collectors;

/** What it came to, to find out which cluster and registry somebody means. */
public sealed interface Identification {

    /** It is known. */
    record Identified(Pairing pairing) implements Identification {}

    /**
     * It is not, and nobody guesses.
     *
     * @param asked what was not understood
     * @param ids what may be meant
     * @param sentence why, and what to give instead
     */
    record Unidentified(ResourceReference asked, List<ArmId> ids, String sentence) implements Identification {
        public Unidentified {
            ids = List.copyOf(ids);
        }

        /** Whether there is nothing of that name or host, rather than something that is not named well enough. */
        public boolean isNotFound() {
            return ids.isEmpty();
        }

        /**
         * There is none.
         *
         * @param subscriptions how many were searched
         * @param troubles why others were not
         */
        public static Unidentified none(ResourceReference asked, int subscriptions, List<Problem> troubles) {
            return new Unidentified(
                    asked,
                    List.of(),
                    "No " + what(asked) + " that this program can see " + having(asked) + "; it looked in "
                            + (subscriptions == 1 ? "1 subscription" : subscriptions + " subscriptions") + "."
                            + troubles.stream()
                                    .map(problem -> " Not everything could be searched: " + problem.cause())
                                    .distinct()
                                    .collect(Collectors.joining())
                            + " Give the id, which " + command(asked) + " prints.");
        }

        /** It may be one of several. */
        public static Unidentified several(ResourceReference asked, List<ArmId> ids) {
            return new Unidentified(
                    asked,
                    ids,
                    "More than one " + what(asked) + " " + having(asked) + ": give the id, " + or(ids) + ".");
        }

        /** It is one, but a name is not enough to change anything for it: another one may have it tomorrow. */
        public static Unidentified byNameAlone(ResourceReference asked, ArmId id) {
            return new Unidentified(
                    asked,
                    List.of(id),
                    "A name alone is not enough to change anything; the " + what(asked) + " that " + having(asked)
                            + " has the id " + id + ": give that.");
        }

        /** It has another host than that, though what the host begins with is its name. */
        public static Unidentified byAnotherHost(ResourceReference asked, List<ArmId> ids) {
            return new Unidentified(
                    asked,
                    ids,
                    "No " + what(asked) + " that this program can see " + having(asked)
                            + "; one of that name has another: if it is meant, give its id, " + or(ids) + ".");
        }

        private static String or(List<ArmId> ids) {
            return ids.stream().map(ArmId::toString).collect(Collectors.joining(" or "));
        }

        private static String what(ResourceReference asked) {
            return isRegistry(asked) ? "registry" : "cluster";
        }

        private static boolean isRegistry(ResourceReference asked) {
            return asked.type().equals(ArmId.REGISTRY);
        }

        private static String having(ResourceReference asked) {
            if (asked instanceof ResourceReference.Host) {
                return "has the " + (isRegistry(asked) ? "login server " : "API server ") + asked.text();
            }
            return "has the name " + asked.text();
        }

        /** Its subscription is one of those that whoever runs it may see, and this program may not. */
        private static String command(ResourceReference asked) {
            String name = asked instanceof ResourceReference.Host ? "<name>" : asked.text();
            String which = isRegistry(asked) && asked instanceof ResourceReference.Host
                    ? "loginServer=='" + asked.text() + "'"
                    : "name=='" + name + "'";
            return "az " + (isRegistry(asked) ? "acr" : "aks") + " list --subscription <subscription> --query \"[?"
                    + which + "].id\" --output tsv";
        }
    }

    /** Azure did not tell. */
    record Untold(Outcome outcome) implements Identification {}
}
