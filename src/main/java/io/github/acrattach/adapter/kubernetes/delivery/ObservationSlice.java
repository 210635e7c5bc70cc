package io.github.acrattach.adapter.kubernetes.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of what a script observed, as large as a command may print.
 *
 * @param checksum of all of it
 * @param total how many characters all of it has
 */
record ObservationSlice(String checksum, int total, String text) {

    private static final Pattern PRINTED = Pattern.compile("(?s)(?:^|.*?\n)T (\\d{1,10}) (\\d{1,9})\n(.*?)\n?");

    /** After a line {@code T <checksum> <total>} comes the part, and a line break; empty where there is no such line. */
    static Optional<ObservationSlice> in(String printed) {
        Matcher slice = PRINTED.matcher(printed);
        return slice.matches()
                ? Optional.of(new ObservationSlice(slice.group(1), Integer.parseInt(slice.group(2)), slice.group(3)))
                : Optional.empty();
    }

    boolean isOfTheSame(ObservationSlice other) {
        return checksum.equals(other.checksum) && total == other.total;
    }
}
