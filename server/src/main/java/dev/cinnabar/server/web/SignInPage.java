package dev.cinnabar.server.web;

/** The page to sign in on, and where to go from there. */
public record SignInPage(Form form, String next) {}
