package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Role;
import java.util.Arrays;
import java.util.List;

/** The form for a new account. */
public record NewStaffPage(Form form) {
    /** The roles to choose from, in the reader's language. */
    public static List<Choice> roles(View v) {
        return Arrays.stream(Role.values())
                .map(role -> new Choice(role.name(), v.t("role", role), v.t("role.what", role)))
                .toList();
    }
}
