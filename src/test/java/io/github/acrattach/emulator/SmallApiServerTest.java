package io.github.acrattach.emulator;

class SmallApiServerTest extends Running implements ApiServerChecks {
    private final Kube kube = Kube.attach(emulator, Sample.AKS_SHOP);

    @Override
    public Kube kube() {
        return kube;
    }

    @Override
    public Emulator emulator() {
        return emulator;
    }
}
