package io.github.acrattach;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * What the executable does when its memory is used up: it ends at once with code 200, after which the Functions host starts
 * another and does not count it; after the third other code within half an hour the host gives up. GraalVM's own
 * {@code -R:+ExitOnOutOfMemoryError} ends with code 3.
 */
@TargetClass(className = "com.oracle.svm.core.heap.OutOfMemoryUtil")
final class OutOfMemory {

    /** azure-functions-host: HttpWorkerProcess, {@code IntentionalRestartExitCode}. */
    private static final int START_ANOTHER = 200;

    private OutOfMemory() {}

    @Substitute
    private static void reportOutOfMemoryError0(OutOfMemoryError error) {
        Log.log()
                .string("The memory is used up: this process ends, and the Functions host starts another.")
                .newline();
        LibC.exit(START_ANOTHER);
    }

    /** Writes to stderr without any memory. */
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
