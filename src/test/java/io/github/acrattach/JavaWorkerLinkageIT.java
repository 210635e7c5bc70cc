package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** No class of the package, this program's or a dependency's, needs what the Java worker's older classes lack. */
class JavaWorkerLinkageIT {

    @Test
    void nothingNeedsMoreThanTheWorkerHas() throws IOException {
        try (URLClassLoader loader = JavaWorkerPackage.loader()) {
            Linkage linkage = new Linkage(JavaWorkerPackage.workerJars(), loader);
            assertThat(JavaWorkerPackage.jars())
                    .isNotEmpty()
                    .flatMap(linkage::errors)
                    .isEmpty();
        }
    }
}
