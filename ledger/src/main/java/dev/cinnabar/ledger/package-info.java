/** placeholder */
@NullMarked
package dev.cinnabar.ledger;

import org.jspecify.annotations.NullMarked;
