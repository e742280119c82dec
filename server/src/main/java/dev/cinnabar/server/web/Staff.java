package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The people who work here: their accounts, roles and sign-ins. An admin configures and never decides. */
public final class Staff {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,39}");

    private final Database database;
    private final Outbox outbox;
    private final Ulid ids;
    private final InstantSource clock;
    private final Passwords passwords;

    /**
     * A person who works here.
     *
     * @param name the sign-in name, lower case
     * @param mustChange whether the password was given out by somebody else and must be changed before anything else
     * @param epoch raised when sessions begun before must end
     * @param look how the person likes the pages, as {@link Look#cookie} writes it; may be empty
     */
    public record Member(
            String id,
            String name,
            String display,
            Set<Role> roles,
            boolean mustChange,
            boolean disabled,
            long epoch,
            String look,
            Instant created,
            Optional<Instant> lastSignIn) {
        public Member {
            roles = Set.copyOf(roles);
        }

        /** The person as the one who does something. */
        public Actor actor() {
            return new Actor(id, roles);
        }
    }

    /** An account and its password for one use: shown once, kept nowhere. */
    public record Issued(Member member, String password) {}

    /** What came of a sign-in. */
    public sealed interface SignIn {
        record In(Member member) implements SignIn {}

        /** Name or password wrong, or the account is disabled: not told apart. */
        record Wrong() implements SignIn {}

        /** Too many attempts; the next may be made after this. */
        record Wait(Duration left) implements SignIn {}
    }

    public Staff(Database database, Outbox outbox, Ulid ids, InstantSource clock, SecureRandom random) {
        this(database, outbox, ids, clock, new Passwords(random, Passwords.MEMORY));
    }

    Staff(Database database, Outbox outbox, Ulid ids, InstantSource clock, Passwords passwords) {
        this.database = database;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** Creates the first admin where nobody works here yet. */
    public Optional<Issued> first() {
        return database.inTransaction(h -> StaffStore.any(h)
                ? Optional.empty()
                : Optional.of(insert(h, Actor.SYSTEM, "admin", "Admin", Set.of(Role.ADMIN))));
    }

    /** Gives an admin a new password, enabled again: for the day the admin is lost, asked on the machine itself. */
    public Issued resetAdmin() {
        return database.inTransaction(h -> {
            Optional<Member> oldest = StaffStore.all(h).stream()
                    .filter(m -> m.roles().contains(Role.ADMIN))
                    .findFirst();
            if (oldest.isEmpty()) {
                String name = StaffStore.byName(h, "admin").isEmpty() ? "admin" : "admin-" + tail(ids.next());
                return insert(h, Actor.SYSTEM, name, "Admin", Set.of(Role.ADMIN));
            }
            StaffStore.disabled(h, oldest.get().id(), false);
            return reissue(h, Actor.SYSTEM, oldest.get());
        });
    }

    /** Creates an account; its password must be changed at the first sign-in. */
    public Outcome<Issued> create(Actor by, String name, String display, Set<Role> roles) {
        String known = name.strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(known).matches()) {
            return no(
                    "登录名须为 2 到 40 个小写字母、数字或 . _ -，以字母或数字开头。",
                    "A sign-in name has 2 to 40 lower-case letters, digits or . _ - and starts with a letter or digit.",
                    "请换一个登录名。",
                    "Choose another name.");
        }
        Optional<Refused> wrong = wrongRoles(roles);
        if (wrong.isPresent()) {
            return Outcome.not(wrong.get());
        }
        return database.inTransaction(h -> StaffStore.byName(h, known).isPresent()
                ? no("登录名已被使用。", "The sign-in name is taken.", "请换一个登录名。", "Choose another name.")
                : Outcome.done(insert(h, by, known, display, roles)));
    }

    private Issued insert(Handle h, Actor by, String name, String display, Set<Role> roles) {
        String password = passwords.fresh();
        Member member =
                new Member(ids.next(), name, display, roles, true, false, 1, "", clock.instant(), Optional.empty());
        StaffStore.insert(h, member, passwords.hash(password));
        outbox.add(h, "staff.created", by, member.id(), Map.of("roles", words(roles)));
        return new Issued(member, password);
    }

    /** Gives the person a new password for one use and ends their sessions. */
    public Outcome<Issued> resetPassword(Actor by, String id) {
        return database.inTransaction(h -> other(h, by, id).then(member -> Outcome.done(reissue(h, by, member))));
    }

    private Issued reissue(Handle h, Actor by, Member member) {
        String password = passwords.fresh();
        StaffStore.password(h, member.id(), passwords.hash(password), true);
        outbox.add(h, "staff.password_reset", by, member.id(), Map.of());
        return new Issued(StaffStore.byId(h, member.id()).orElse(member), password);
    }

    /** Gives the person these roles instead of the old ones and ends their sessions. */
    public Outcome<Member> roles(Actor by, String id, Set<Role> roles) {
        Optional<Refused> wrong = wrongRoles(roles);
        if (wrong.isPresent()) {
            return Outcome.not(wrong.get());
        }
        return database.inTransaction(h -> other(h, by, id).then(member -> {
            StaffStore.roles(h, id, roles);
            outbox.add(h, "staff.roles_changed", by, id, Map.of("from", words(member.roles()), "to", words(roles)));
            return Outcome.done(StaffStore.byId(h, id).orElse(member));
        }));
    }

    /** Disables the account and ends its sessions, or enables it again. */
    public Outcome<Member> disabled(Actor by, String id, boolean disabled) {
        return database.inTransaction(h -> other(h, by, id).then(member -> {
            StaffStore.disabled(h, id, disabled);
            outbox.add(h, disabled ? "staff.disabled" : "staff.enabled", by, id, Map.of());
            return Outcome.done(StaffStore.byId(h, id).orElse(member));
        }));
    }

    /** The account of somebody else: nobody changes their own roles, so the last admin can never be lost by a slip. */
    private static Outcome<Member> other(Handle h, Actor by, String id) {
        if (by.id().equals(id)) {
            return no(
                    "不能更改自己的角色、状态或为自己重置密码。",
                    "Nobody changes their own roles or state, or resets their own password here.",
                    "请另一位管理员操作；自己的密码请在“账户”页更改。",
                    "Ask another admin; change your own password on the page of your account.");
        }
        return StaffStore.byId(h, id)
                .map(Outcome::done)
                .orElseGet(
                        () -> no("没有这个账户。", "There is no such account.", "请回到人员列表。", "Go back to the list of staff."));
    }

    /** Everybody, the oldest account first. */
    public List<Member> all() {
        return database.inTransaction(StaffStore::all);
    }

    /** How pages call who did something: the person's name, or the id of what is no person who works here. */
    public String called(String actorId) {
        return byId(actorId).map(Member::display).orElse(actorId);
    }

    /** The person of this id. */
    public Optional<Member> byId(String id) {
        return database.inTransaction(h -> StaffStore.byId(h, id));
    }

    /** Signs in; slow on purpose, and slower for those who guess. */
    public SignIn signIn(String typedName, String password, String address) {
        Throttle.Attempt attempt = Throttle.Attempt.of(typedName, address);
        Optional<Duration> wait = database.inTransaction(h -> Throttle.enter(h, attempt, clock.instant()));
        if (wait.isPresent()) {
            return new SignIn.Wait(wait.get());
        }
        Optional<StaffStore.Secret> secret = database.inTransaction(
                h -> StaffStore.secret(h, typedName.strip().toLowerCase(Locale.ROOT)));
        boolean right = passwords.is(password, secret.map(StaffStore.Secret::hash));
        if (secret.isEmpty()) {
            return new SignIn.Wrong();
        }
        Member member = secret.get().member();
        return database.inTransaction(h -> right && !member.disabled() ? in(h, attempt, member) : wrong(h, member));
    }

    private SignIn in(Handle h, Throttle.Attempt attempt, Member member) {
        Throttle.forgive(h, attempt, clock.instant());
        StaffStore.signedIn(h, member.id(), clock.instant());
        outbox.add(h, "staff.signed_in", member.actor(), member.id(), Map.of());
        return new SignIn.In(member);
    }

    private SignIn wrong(Handle h, Member member) {
        outbox.add(h, "staff.sign_in_failed", Actor.SYSTEM, member.id(), Map.of("disabled", "" + member.disabled()));
        return new SignIn.Wrong();
    }

    /** Notes that the person signed out. */
    void signedOut(Actor by) {
        database.useTransaction(h -> outbox.add(h, "staff.signed_out", by, by.id(), Map.of()));
    }

    /** Changes the person's own password; every session begun before ends. */
    public Outcome<Member> changePassword(String id, String old, String fresh) {
        Optional<StaffStore.Secret> secret = database.inTransaction(h -> StaffStore.secretById(h, id));
        if (!passwords.is(old, secret.map(StaffStore.Secret::hash)) || secret.isEmpty()) {
            return no("当前密码不正确。", "The current password is wrong.", "请重新输入当前密码。", "Type the current password again.");
        }
        Member member = secret.get().member();
        Optional<Refused> wrong = old.equals(fresh)
                ? Passwords.no("新密码不得与当前密码相同。", "The new password must not be the old one.")
                : passwords.wrong(fresh, member.name());
        if (wrong.isPresent()) {
            return Outcome.not(wrong.get());
        }
        String hash = passwords.hash(fresh);
        return database.inTransaction(h -> {
            StaffStore.password(h, id, hash, false);
            outbox.add(h, "staff.password_changed", member.actor(), id, Map.of());
            return Outcome.done(StaffStore.byId(h, id).orElse(member));
        });
    }

    /** Keeps how the person likes the pages. */
    void look(String id, String look) {
        database.useTransaction(h -> StaffStore.look(h, id, look));
    }

    private static Optional<Refused> wrongRoles(Set<Role> roles) {
        if (roles.isEmpty()) {
            return refused("至少要有一个角色。", "At least one role is needed.", "请选择角色。", "Choose a role.");
        }
        if (roles.contains(Role.ADMIN) && roles.size() > 1) {
            return refused(
                    "管理员只做配置，不作决定：该角色不能与其他角色合用。",
                    "An admin configures and never decides: the role stands alone.",
                    "请为决定者另建账户。",
                    "Create another account for the one who decides.");
        }
        return Optional.empty();
    }

    private static Optional<Refused> refused(String zh, String en, String zhRemedy, String enRemedy) {
        return Optional.of(Refused.of(Code.INVALID_REQUEST, "", zh, en, new Words(zhRemedy, enRemedy)));
    }

    private static <T> Outcome<T> no(String zh, String en, String zhRemedy, String enRemedy) {
        return Outcome.not(refused(zh, en, zhRemedy, enRemedy).orElseThrow());
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::name).collect(Collectors.joining(" "));
    }

    private static String tail(String id) {
        return id.substring(id.length() - 6).toLowerCase(Locale.ROOT);
    }
}
