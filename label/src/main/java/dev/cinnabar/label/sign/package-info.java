/**
 * Signed labels by the security profile TC260-PG-202511A: signs the label's fields into ReservedCode1 and ReservedCode2, and verifies what is met there. The only room that knows
 * Bouncy Castle (SM2, SM3); readers and writers do not know this room, and nothing here is loaded unless a signature is asked for or met.
 */
@NullMarked
package dev.cinnabar.label.sign;

import org.jspecify.annotations.NullMarked;
