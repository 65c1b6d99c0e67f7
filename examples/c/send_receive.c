/* One office sends a folder, another fetches it:
 *   send_receive URL CA.PEM SENDER.P12 PASSWORD USER PASSWORD RECEIVER.P12 PASSWORD USER PASSWORD FOLDER OUT
 * against a running kaigo-sandbox, whose files say all of these. */
#include "example.h"

/* Logs an office in; `argv` holds the file with its certificate, that file's password, the user and its password. */
static kaigo_session *log_in(const char *url, const file *ca, char **argv) {
    kaigo_error *err = NULL;
    kaigo_credential *credential = NULL;
    kaigo_certificates *roots = NULL;
    kaigo_platform *platform = NULL;
    kaigo_session *session = NULL;
    file p12 = {NULL, 0};

    if (!read_file(argv[0], &p12)) {
        fprintf(stderr, "cannot read %s\n", argv[0]);
    } else if (succeeded(kaigo_credential_from_pkcs12_utf8(p12.bytes, p12.length, argv[1], strlen(argv[1]), &credential,
                                                           &err), err) &&
               succeeded(kaigo_certificates_from_pem(ca->bytes, ca->length, &roots, &err), err) &&
               succeeded(kaigo_platform_new_utf8(url, strlen(url), credential, roots, NULL, &platform, &err), err)) {
        succeeded(kaigo_session_login_utf8(platform, argv[2], strlen(argv[2]), argv[3], strlen(argv[3]), &session, &err),
                  err);
    }
    free(p12.bytes);
    kaigo_credential_free(credential);
    kaigo_certificates_free(roots);
    kaigo_platform_free(platform);
    return session;
}

static uint64_t send_all(const kaigo_session *session, const char *folder) {
    kaigo_error *err = NULL;
    kaigo_units *units = NULL;
    uint64_t count = 0, sent = 0;

    if (!succeeded(kaigo_units_open_utf8(folder, strlen(folder), NULL, &units, &err), err)) return 0;
    kaigo_units_count(units, &count, NULL);
    for (uint64_t i = 0; i < count; i++) {
        kaigo_unit *unit = NULL;
        char key[32];
        size_t length = 0;
        /* A program keeps the key until the answer is there, to be able to repeat the sending. */
        if (succeeded(kaigo_key_new_utf8(key, sizeof key, &length, &err), err) &&
            succeeded(kaigo_units_get(units, i, &unit, &err), err) &&
            succeeded(kaigo_session_send_utf8(session, unit, key, length, NULL, &err), err))
            sent++;
        kaigo_unit_free(unit);
    }
    kaigo_units_free(units);
    return sent;
}

/* Fetches one transfer, keeps it, and marks it imported. */
static int receive(const kaigo_session *session, const char *id, size_t id_length, const char *out) {
    kaigo_error *err = NULL;
    kaigo_received *received = NULL;
    kaigo_unit *unit = NULL;
    int done = succeeded(kaigo_session_fetch_utf8(session, id, id_length, &received, &err), err) &&
               succeeded(kaigo_received_unit(received, &unit, &err), err) &&
               succeeded(kaigo_unit_write_utf8(unit, out, strlen(out), NULL, NULL, &err), err) &&
               succeeded(kaigo_session_mark_imported_utf8(session, id, id_length, NULL, &err), err);
    kaigo_unit_free(unit);
    kaigo_received_free(received);
    return done;
}

static uint64_t receive_all(const kaigo_session *session, const char *out) {
    kaigo_error *err = NULL;
    kaigo_transfers *pages[64] = {NULL};
    uint64_t received = 0;
    uint32_t more = 1;
    size_t count = 0;

    /* The whole list first: marking a transfer imported takes it off the list. */
    while (more && count < sizeof pages / sizeof pages[0]) {
        const kaigo_transfers *after = count > 0 ? pages[count - 1] : NULL;
        if (!succeeded(kaigo_session_received(session, KAIGO_RECEIVED_NOT_IMPORTED, after, &pages[count], &err), err)) break;
        kaigo_transfers_more(pages[count++], &more, NULL);
    }
    for (size_t page = 0; page < count; page++) {
        uint64_t transfers = 0;
        kaigo_transfers_count(pages[page], &transfers, NULL);
        for (uint64_t i = 0; i < transfers; i++) {
            const char *id = "";
            size_t length = 0;
            kaigo_transfers_text_view_utf8(pages[page], i, KAIGO_TRANSFER_ID, &id, &length, NULL);
            if (receive(session, id, length, out)) received++;
        }
        kaigo_transfers_free(pages[page]);
    }
    return received;
}

int main(int argc, char **argv) {
    kaigo_session *sender, *receiver;
    file ca = {NULL, 0};
    uint64_t sent = 0, received = 0;

    if (argc != 13 || !read_file(argv[2], &ca)) return 2;
    sender = log_in(argv[1], &ca, argv + 3);
    receiver = log_in(argv[1], &ca, argv + 7);
    if (sender != NULL) sent = send_all(sender, argv[11]);
    if (receiver != NULL) received = receive_all(receiver, argv[12]);
    printf("%u sent, %u received\n", (unsigned)sent, (unsigned)received);
    kaigo_session_logout(sender, NULL);
    kaigo_session_logout(receiver, NULL);
    kaigo_session_free(sender);
    kaigo_session_free(receiver);
    free(ca.bytes);
    return sent > 0 && sent == received ? 0 : 1;
}
