package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Role;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The SQL of the staff. */
final class StaffStore {
    /** A person and the hash of their password. */
    record Secret(Staff.Member member, String hash) {}

    private StaffStore() {}

    static boolean any(Handle h) {
        return h.createQuery("select exists (select 1 from staff)")
                .mapTo(Boolean.class)
                .one();
    }

    static void insert(Handle h, Staff.Member m, String hash) {
        h.createUpdate(
                        "insert into staff (id, name, display, password, must_change, roles, look, created)"
                                + " values (:id, :name, :display, :password, :mustChange, string_to_array(:roles, ' '), :look, :created)")
                .bind("id", m.id())
                .bind("name", m.name())
                .bind("display", m.display())
                .bind("password", hash)
                .bind("mustChange", m.mustChange())
                .bind("roles", joined(m.roles()))
                .bind("look", m.look())
                .bind("created", m.created())
                .execute();
    }

    static List<Staff.Member> all(Handle h) {
        return h.createQuery("select * from staff order by created, id")
                .map((rs, context) -> member(rs))
                .list();
    }

    static Optional<Staff.Member> byId(Handle h, String id) {
        return h.createQuery("select * from staff where id = :id")
                .bind("id", id)
                .map((rs, context) -> member(rs))
                .findOne();
    }

    static Optional<Staff.Member> byName(Handle h, String name) {
        return secret(h, name).map(Secret::member);
    }

    static Optional<Secret> secret(Handle h, String name) {
        return h.createQuery("select * from staff where name = :name")
                .bind("name", name)
                .map((rs, context) -> new Secret(member(rs), rs.getString("password")))
                .findOne();
    }

    static Optional<Secret> secretById(Handle h, String id) {
        return h.createQuery("select * from staff where id = :id")
                .bind("id", id)
                .map((rs, context) -> new Secret(member(rs), rs.getString("password")))
                .findOne();
    }

    static void password(Handle h, String id, String hash, boolean mustChange) {
        h.createUpdate(
                        "update staff set password = :password, must_change = :mustChange, epoch = epoch + 1 where id = :id")
                .bind("password", hash)
                .bind("mustChange", mustChange)
                .bind("id", id)
                .execute();
    }

    static void roles(Handle h, String id, Set<Role> roles) {
        h.createUpdate("update staff set roles = string_to_array(:roles, ' '), epoch = epoch + 1 where id = :id")
                .bind("roles", joined(roles))
                .bind("id", id)
                .execute();
    }

    static void disabled(Handle h, String id, boolean disabled) {
        h.createUpdate("update staff set disabled = :disabled, epoch = epoch + 1 where id = :id")
                .bind("disabled", disabled)
                .bind("id", id)
                .execute();
    }

    static void signedIn(Handle h, String id, Instant at) {
        h.createUpdate("update staff set last_sign_in = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    static void look(Handle h, String id, String look) {
        h.createUpdate("update staff set look = :look where id = :id")
                .bind("look", look)
                .bind("id", id)
                .execute();
    }

    private static Staff.Member member(ResultSet rs) throws SQLException {
        return new Staff.Member(
                rs.getString("id"),
                rs.getString("name"),
                rs.getString("display"),
                roles(rs.getArray("roles")),
                rs.getBoolean("must_change"),
                rs.getBoolean("disabled"),
                rs.getLong("epoch"),
                rs.getString("look"),
                rs.getTimestamp("created").toInstant(),
                Optional.ofNullable(rs.getTimestamp("last_sign_in")).map(Timestamp::toInstant));
    }

    private static Set<Role> roles(Array array) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream((String[]) array.getArray()).map(Role::valueOf).forEach(roles::add);
        return roles;
    }

    private static String joined(Set<Role> roles) {
        return String.join(" ", roles.stream().map(Role::name).sorted().toList());
    }
}
