package io.github.acrattach.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured of one thing in several runs. */
final class Figure {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Median, minimum and maximum. */
    @Override
    public String toString() {
        return values.isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.0f (%.0f-%.0f)",
                        median(),
                        values.stream().min(Double::compare).orElseThrow(),
                        values.stream().max(Double::compare).orElseThrow());
    }
}
