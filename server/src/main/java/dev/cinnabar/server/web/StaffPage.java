package dev.cinnabar.server.web;

import java.util.List;

/** Everybody who works here. */
public record StaffPage(List<Staff.Member> members) {}
