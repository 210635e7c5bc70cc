package io.github.acrattach.emulator;

class SmallApiServerTest extends Running implements ApiServerChecks {
    private final Kube kube = Kube.attach(emulator, Sample.AKS_SHOP);

    @Override
    public Kube kube() {
        return kube;
    }

    @Override
    public String strangersToken() {
        return Client.of(emulator)
                .signedIn(Sample.LEGACY_APP, Sample.LEGACY_SECRET, Kube.AUDIENCE)
                .token();
    }

    @Override
    public String otherAudiencesToken() {
        return Client.attach(emulator).token();
    }
}
