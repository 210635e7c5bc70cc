package io.github.acrattach;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.eclipse.microprofile.context.spi.ContextManagerProvider;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

/**
 * How many test classes run side by side: most of their time is waiting, so more than there are processors; fewer where
 * other work leaves the tests little of them, since the programs in the tests keep to time limits of their own.
 */
public final class SideBySide implements ParallelExecutionConfigurationStrategy {

    private static final int MOST = 6;
    private static final Duration MEASURED = Duration.ofMillis(300);

    /** Measured before the first test begins. */
    private static final double SHARE = share();

    /** Whether other work leaves the tests less than most of a processor. */
    static boolean isMachineBusy() {
        return SHARE < 0.7;
    }

    @Override
    public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters parameters) {
        // Whoever asks first sets it; two first at once fail.
        ContextManagerProvider.instance();
        return new Classes((int) Math.max(1, Math.round(MOST * SHARE)));
    }

    /** The part of a processor that a busy thread gets here. */
    private static double share() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long processorTime = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        while (System.nanoTime() - start < MEASURED.toNanos()) {
            Thread.onSpinWait();
        }
        return (double) (threads.getCurrentThreadCpuTime() - processorTime) / (System.nanoTime() - start);
    }

    /** So many threads, and those that stand in for blocked ones. */
    private record Classes(int number) implements ParallelExecutionConfiguration {

        @Override
        public int getParallelism() {
            return number;
        }

        @Override
        public int getMinimumRunnable() {
            return number;
        }

        @Override
        public int getMaxPoolSize() {
            return number + 256;
        }

        @Override
        public int getCorePoolSize() {
            return number;
        }

        @Override
        public int getKeepAliveSeconds() {
            return 30;
        }
    }
}
