package dev.cinnabar.server.people;

import java.util.regex.Pattern;

/** An application and its own name for a user. */
record Name(String appId, String externalId) {
    /** How many stripes memory is divided into: what changes is told stripe by stripe, so that no name of a user is written into the change log. */
    static final int STRIPES = 1 << 16;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~:@+=,|-]{1,128}");

    /** Whether the text can be a user's name: 1 to 128 letters, digits and {@code . _ ~ : @ + = , | -}. */
    static boolean formed(String externalId) {
        return FORM.matcher(externalId).matches();
    }

    /** The stripe, the same on every node. */
    int stripe() {
        long mixed = (31L * appId.hashCode() + externalId.hashCode()) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 48);
    }

    /** The stripe as a key of the change log. */
    String stripeKey() {
        return Integer.toHexString(stripe());
    }
}
