package dev.cinnabar.server.web;

/** The page to change one's own password on; forced where somebody else gave it out. */
public record PasswordPage(Form form, boolean forced, int shortest) {}
