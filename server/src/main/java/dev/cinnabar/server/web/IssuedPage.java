package dev.cinnabar.server.web;

/** An account and its password for one use, shown this once. */
public record IssuedPage(Staff.Issued issued) {}
