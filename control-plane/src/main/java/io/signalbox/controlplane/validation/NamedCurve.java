package io.signalbox.controlplane.validation;

import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/** The curves that Envoy takes for certificates. */
enum NamedCurve {
    P256("P-256"),
    P384("P-384"),
    P521("P-521");

    private final ECNamedCurveParameterSpec spec;

    NamedCurve(String name) {
        this.spec = ECNamedCurveTable.getParameterSpec(name);
    }

    ECNamedCurveParameterSpec spec() {
        return spec;
    }

    static Optional<NamedCurve> of(ECParameterSpec parameters) {
        return Arrays.stream(values())
                .filter(curve -> curve.spec.getN().equals(parameters.getOrder())
                        && curve.spec
                                .getG()
                                .getAffineXCoord()
                                .toBigInteger()
                                .equals(parameters.getGenerator().getAffineX()))
                .findFirst();
    }
}
