package io.github.acrattach;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * What the executable does when its memory is used up: it ends at once with a code after which the Functions host starts
 * another and does not count it; after the third other code within half an hour the host ends itself. GraalVM's own
 * {@code -R:+ExitOnOutOfMemoryError} ends with 3. On a JVM nothing of this is loaded.
 */
final class OutOfMemory {

    /** The code of an intentional restart (azure-functions-host: HttpWorkerProcess). */
    static final int START_ANOTHER = 200;

    private OutOfMemory() {}

    /** Where GraalVM comes to when an object finds no room. */
    @TargetClass(className = "com.oracle.svm.core.heap.OutOfMemoryUtil")
    static final class Report {

        @Substitute
        private static void reportOutOfMemoryError0(OutOfMemoryError error) {
            Log.log()
                    .string("The memory is used up: this process ends, and the Functions host starts another.")
                    .newline();
            LibC.exit(START_ANOTHER);
        }
    }

    /** Writes to stderr, and needs no memory to do so. */
    @TargetClass(className = "com.oracle.svm.core.log.Log")
    static final class Log {

        @Alias
        static native Log log();

        @Alias
        native Log string(String text);

        @Alias
        native Log newline();
    }

    /** The C library. */
    @TargetClass(className = "com.oracle.svm.core.headers.LibC")
    static final class LibC {

        @Alias
        static native void exit(int code);
    }
}
