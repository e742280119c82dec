package dev.cinnabar.server.oversight;

import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Staff;
import java.util.List;

/** Whether enough people work here for what two must decide, and for the day one admin is away. */
final class StaffGauge implements Gauge {
    private final Staff staff;

    StaffGauge(Staff staff) {
        this.staff = staff;
    }

    @Override
    public List<Tile> read() {
        List<Staff.Member> active =
                staff.all().stream().filter(m -> !m.disabled()).toList();
        long admins =
                active.stream().filter(m -> m.roles().contains(Role.ADMIN)).count();
        long deciders = active.stream()
                .filter(m ->
                        m.roles().stream().anyMatch(r -> r == Role.REVIEWER || r == Role.SENIOR || r == Role.OFFICER))
                .count();
        return List.of(
                Tile.of("overview.deciders", deciders >= 2 ? Tile.State.GOOD : Tile.State.CARE, deciders)
                        .at("/console/staff"),
                Tile.of("overview.admins", admins >= 2 ? Tile.State.GOOD : Tile.State.CARE, admins)
                        .at("/console/staff"));
    }
}
