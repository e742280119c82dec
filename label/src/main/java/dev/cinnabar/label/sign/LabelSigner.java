package dev.cinnabar.label.sign;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Field;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Signs labels by TC260-PG-202511A: puts security data into ReservedCode1 for a producer and into ReservedCode2 for a propagator, in place of what stood there. */
public final class LabelSigner {
    private final SigningKey key;

    public LabelSigner(SigningKey key) {
        this.key = key;
    }

    /** The label with the producer's signature over its level, producer and number. Sign before the propagation side is set: a change of the level breaks it. */
    public AigcLabel producer(AigcLabel label) throws KeyFailed {
        byte[] signature = key.sign(Message.of(Message.PRODUCER, values(label)));
        return label.withReservedCode1(SecurityData.written(key.publicKey(), List.of(), signature));
    }

    /** The label with the propagator's signature over both sides. The guide's own message for this side is not known to us, so the security data names the keys that were signed. */
    public AigcLabel propagator(AigcLabel label) throws KeyFailed {
        byte[] signature = key.sign(Message.of(Message.BOTH, values(label)));
        List<String> fields = Message.BOTH.stream().map(Field::key).toList();
        return label.withReservedCode2(SecurityData.written(key.publicKey(), fields, signature));
    }

    private static Map<Field, String> values(AigcLabel label) {
        Map<Field, String> values = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            values.put(field, label.value(field));
        }
        return values;
    }
}
