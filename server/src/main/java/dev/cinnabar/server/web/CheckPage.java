package dev.cinnabar.server.web;

import java.util.Optional;

/**
 * The page that checks a file.
 *
 * @param largest the largest file taken, in MiB
 */
public record CheckPage(Form form, int largest, Optional<Checked> checked) {}
