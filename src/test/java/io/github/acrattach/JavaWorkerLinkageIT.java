package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** No class of the package, this program's or a dependency's, needs what the Java worker's older classes lack. */
class JavaWorkerLinkageIT {

    @Test
    void nothingNeedsMoreThanTheWorkerHas() throws IOException {
        try (Linkage linkage = new Linkage(JavaWorkerPackage.workerJars(), JavaWorkerPackage.jars())) {
            assertThat(linkage.errors()).isEmpty();
        }
    }
}
