package dev.cinnabar.server;

import java.util.function.BooleanSupplier;

/** One thing that must be well for the service to be ready. */
interface Health {
    /** Its name in the answer, like {@code database}. */
    String name();

    /** Whether it is well now; asked often, from memory. */
    boolean well();

    /** What its not being well means. */
    String otherwise();

    static Health of(String name, BooleanSupplier well, String otherwise) {
        record Part(String name, BooleanSupplier asked, String otherwise) implements Health {
            @Override
            public boolean well() {
                return asked.getAsBoolean();
            }
        }
        return new Part(name, well, otherwise);
    }
}
