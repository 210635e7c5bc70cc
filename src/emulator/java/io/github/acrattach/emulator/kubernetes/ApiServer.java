package io.github.acrattach.emulator.kubernetes;

import java.net.URI;

/** A real API server that stands for a cluster, with the client certificate of its administrator; all PEM. */
public record ApiServer(URI server, String ca, String adminCertificate, String adminKey) {
    @Override
    public String toString() {
        return "ApiServer[" + server + "]";
    }
}
