/** What the tests of every module share: bytes of media built by hand, seeded generators, fault injectors. Depends on no module of ours. */
@NullMarked
package dev.cinnabar.testkit;

import org.jspecify.annotations.NullMarked;
