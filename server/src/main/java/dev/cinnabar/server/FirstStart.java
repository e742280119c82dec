package dev.cinnabar.server;

import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.web.Staff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a fresh data folder needs before anybody can do anything: an admin and a key; each is made once and its secret shown once. A demo brings more. */
final class FirstStart {
    private final Staff staff;
    private final Apps apps;
    private final Optional<Demo> demo;

    FirstStart(Staff staff, Apps apps, Optional<Demo> demo) {
        this.staff = staff;
        this.apps = apps;
        this.demo = demo;
    }

    /** Makes what is missing and gives the lines to print; none on every later start. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Optional<Staff.Issued> admin = staff.first();
        admin.ifPresent(issued -> lines.add("admin: " + issued.member().name() + " / " + issued.password()));
        Optional<Apps.Issued> key = apps.first();
        key.ifPresent(issued -> lines.add("key: " + issued.secret().reveal()));
        if (key.isPresent() && demo.isPresent()) {
            lines.addAll(demo.get().lines(key.get().key().appId()));
        }
        return lines;
    }
}
