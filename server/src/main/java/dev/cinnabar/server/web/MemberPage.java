package dev.cinnabar.server.web;

/** One account, with the form of its roles; nobody changes their own. */
public record MemberPage(Staff.Member member, Form form, boolean self) {}
