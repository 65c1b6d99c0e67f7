/* Queues the units of a folder, and sends what is due:
 *   outbox URL CA.PEM SENDER.P12 PASSWORD USER PASSWORD OUTBOX.SQLITE3 [FOLDER]
 * against a running kaigo-sandbox, whose files say all of these. Ended at any moment and started again without a folder, it
 * goes on where it was: nothing is lost, and nothing is sent twice. */
#include "example.h"

/* Queues every unit of a folder. Each is stored when its call returns. */
static int queue(const kaigo_outbox *outbox, const char *folder) {
    kaigo_error *err = NULL;
    kaigo_units *units = NULL;
    uint64_t count = 0, id = 0;
    int done = succeeded(kaigo_units_open_utf8(folder, strlen(folder), NULL, &units, &err), err);

    kaigo_units_count(units, &count, NULL);
    for (uint64_t i = 0; done && i < count; i++) {
        kaigo_unit *unit = NULL;
        done = succeeded(kaigo_units_get(units, i, &unit, &err), err) &&
               succeeded(kaigo_outbox_enqueue(outbox, unit, &id, &err), err);
        kaigo_unit_free(unit);
    }
    kaigo_units_free(units);
    return done;
}

/* Logs in and sends what is due. A session that has ended is followed by another, once: a refused login is never repeated. */
static int send_due(const kaigo_outbox *outbox, const kaigo_platform *platform, const char *user, const char *password) {
    kaigo_error *err = NULL;
    int32_t status = KAIGO_E_SESSION_EXPIRED;
    uint64_t sent = 0, refused = 0, again = 0;

    for (int logins = 0; status == KAIGO_E_SESSION_EXPIRED && logins < 2; logins++) {
        kaigo_session *session = NULL;
        kaigo_error_free(err);
        err = NULL;
        if (!succeeded(kaigo_session_login_utf8(platform, user, strlen(user), password, strlen(password), &session, &err), err))
            return 0;
        status = kaigo_outbox_send_due(outbox, session, NULL, NULL, &sent, &refused, &again, &err);
        kaigo_session_logout(session, NULL);
        kaigo_session_free(session);
    }
    if (!succeeded(status, err)) return 0;
    printf("%u sent, %u refused, %u again later\n", (unsigned)sent, (unsigned)refused, (unsigned)again);
    return 1;
}

static void show(const kaigo_outbox *outbox) {
    kaigo_outbox_entries *entries = NULL;
    uint64_t count = 0;

    kaigo_outbox_list(outbox, &entries, NULL);
    kaigo_outbox_entries_count(entries, &count, NULL);
    for (uint64_t i = 0; i < count; i++) {
        const char *state = "", *office = "", *reason = "";
        size_t state_length = 0, office_length = 0, reason_length = 0;
        int64_t id = 0, files = 0;
        kaigo_outbox_entries_number(entries, i, KAIGO_ENTRY_ID, &id, NULL);
        kaigo_outbox_entries_number(entries, i, KAIGO_ENTRY_FILES, &files, NULL);
        kaigo_outbox_entries_text_view_utf8(entries, i, KAIGO_ENTRY_STATE_NAME, &state, &state_length, NULL);
        kaigo_outbox_entries_text_view_utf8(entries, i, KAIGO_ENTRY_RECEIVER_OFFICE, &office, &office_length, NULL);
        kaigo_outbox_entries_text_view_utf8(entries, i, KAIGO_ENTRY_REASON_EN, &reason, &reason_length, NULL);
        printf("%d: %d files to %.*s: %.*s %.*s\n", (int)id, (int)files, (int)office_length, office, (int)state_length, state,
               (int)reason_length, reason);
    }
    kaigo_outbox_entries_free(entries);
}

int main(int argc, char **argv) {
    kaigo_error *err = NULL;
    kaigo_outbox *outbox = NULL;
    kaigo_credential *credential = NULL;
    kaigo_certificates *roots = NULL;
    kaigo_platform *platform = NULL;
    file ca = {NULL, 0}, p12 = {NULL, 0};
    int done;

    if (argc < 8 || argc > 9 || !read_file(argv[2], &ca) || !read_file(argv[3], &p12)) return 2;
    done = succeeded(kaigo_outbox_open_utf8(argv[7], strlen(argv[7]), &outbox, &err), err) &&
           (argc < 9 || queue(outbox, argv[8])) &&
           succeeded(kaigo_credential_from_pkcs12_utf8(p12.bytes, p12.length, argv[4], strlen(argv[4]), &credential, &err),
                     err) &&
           succeeded(kaigo_certificates_from_pem(ca.bytes, ca.length, &roots, &err), err) &&
           succeeded(kaigo_platform_new_utf8(argv[1], strlen(argv[1]), credential, roots, NULL, &platform, &err), err) &&
           send_due(outbox, platform, argv[5], argv[6]);
    if (outbox != NULL) show(outbox);
    kaigo_platform_free(platform);
    kaigo_certificates_free(roots);
    kaigo_credential_free(credential);
    kaigo_outbox_free(outbox);
    free(p12.bytes);
    free(ca.bytes);
    return done ? 0 : 1;
}
