package io.github.acrattach.emulator.acr;

import io.github.acrattach.emulator.http.Request;
import java.util.Optional;

/** Tells where requests to registries come from: from where each says by a header, or from where all of them are said to. */
final class Network {
    private static final String ADDRESS = "X-Emulator-Client-Address";
    private static final String SUBNET = "X-Emulator-Client-Subnet";

    private volatile Origin all = Origin.HERE;

    void move(Origin origin) {
        all = origin;
    }

    Origin origin(Request request) {
        Optional<String> subnet = request.header(SUBNET);
        return request.header(ADDRESS)
                .map(address -> new Origin(address, subnet))
                .orElseGet(() -> subnet.isPresent() ? new Origin(all.address(), subnet) : all);
    }
}
