/** Tests of the command line as its users meet it: arguments in, lines and exit code out. */
@NullMarked
package dev.cinnabar.cli;

import org.jspecify.annotations.NullMarked;
