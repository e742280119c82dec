/** Benchmarks beside the peers: both do the same work in one run, and the ratio is what counts. */
@NullMarked
package dev.cinnabar.benches;

import org.jspecify.annotations.NullMarked;
