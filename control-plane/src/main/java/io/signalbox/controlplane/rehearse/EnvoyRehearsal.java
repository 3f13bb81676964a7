package io.signalbox.controlplane.rehearse;

import io.signalbox.controlplane.change.EnvoyDiff;
import io.signalbox.controlplane.change.EnvoyDiff.EnvoyChange;
import io.signalbox.controlplane.change.Rehearsal;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.validation.KeyedViolation;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.publish.ResourceDifference;
import io.signalbox.controlplane.xds.resource.Translator;
import java.util.List;

/** Compiles and translates as the reconciler will, with a translator of its own. One thread at a time. */
public final class EnvoyRehearsal implements Rehearsal {
    private final Translator translator = new Translator();

    @Override
    public List<KeyedViolation> rehearse(Config config) {
        translate(config);
        return List.of();
    }

    @Override
    public EnvoyDiff compare(Config before, Config after) {
        List<ResourceDifference> differences = ResourceDifference.between(translate(before), translate(after));
        return new EnvoyDiff(
                differences.stream().map(EnvoyRehearsal::change).toList(),
                differences.stream()
                        .filter(difference -> difference.type() == ResourceType.LISTENER
                                && difference.kind() != ResourceDifference.Kind.ADD)
                        .map(ResourceDifference::name)
                        .toList());
    }

    private XdsResources translate(Config config) {
        return translator.translate(Compiler.compile(config));
    }

    private static EnvoyChange change(ResourceDifference difference) {
        EnvoyDiff.Kind kind = switch (difference.kind()) {
            case ADD -> EnvoyDiff.Kind.ADD;
            case UPDATE -> EnvoyDiff.Kind.UPDATE;
            case REMOVE -> EnvoyDiff.Kind.REMOVE;
        };
        return new EnvoyChange(difference.type().word(), difference.name(), kind, difference.bytes());
    }
}
