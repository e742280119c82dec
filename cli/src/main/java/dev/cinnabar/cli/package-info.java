/** The command line: glue over the libraries and the server, nothing that decides. */
@NullMarked
package dev.cinnabar.cli;

import org.jspecify.annotations.NullMarked;
