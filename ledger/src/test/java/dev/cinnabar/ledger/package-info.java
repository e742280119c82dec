/** Tests of the ledger. */
@NullMarked
package dev.cinnabar.ledger;

import org.jspecify.annotations.NullMarked;
