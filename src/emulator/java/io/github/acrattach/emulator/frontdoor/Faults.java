package io.github.acrattach.emulator.frontdoor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The rules of misbehaviour in force; the oldest that meets a request strikes. */
public final class Faults {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** Returns the number by which it can be counted and cleared. */
    public int add(Fault fault) {
        Rule rule = new Rule(numbers.incrementAndGet(), fault, new AtomicInteger());
        rules.add(rule);
        return rule.number;
    }

    public List<Counted> list() {
        return rules.stream()
                .map(rule -> new Counted(rule.number, rule.fault, rule.strikes()))
                .toList();
    }

    /** How often a fault has struck; an exhausted one is still counted until it is cleared. */
    public int strikes(int number) {
        return list().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .map(Counted::strikes)
                .orElse(0);
    }

    public void clear() {
        rules.clear();
    }

    Optional<Fault> strike(String method, String path) {
        return rules.stream()
                .filter(rule -> rule.fault.meets(method, path))
                .filter(Rule::take)
                .findFirst()
                .map(rule -> rule.fault);
    }

    /** A fault with its number and how often it has struck. */
    public record Counted(int number, Fault fault, int strikes) {}

    /** A fault in force. */
    private record Rule(int number, Fault fault, AtomicInteger met) {
        /** In one step, so that concurrent requests do not get more strikes than there are. */
        boolean take() {
            int earlier = met.getAndUpdate(count -> Math.min(count + 1, end()));
            return earlier >= fault.spared() && earlier < end();
        }

        int strikes() {
            return Math.max(0, met.get() - fault.spared());
        }

        private int end() {
            return fault.times().isPresent() ? fault.spared() + fault.times().getAsInt() : Integer.MAX_VALUE;
        }
    }
}
