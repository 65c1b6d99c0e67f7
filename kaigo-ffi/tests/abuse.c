/* The part of the abuse driver that does not depend on the calls; tests/abuse.rs writes the other. It calls every export
 * with NULL, wrong, empty and random arguments, in random order, until the time is over. No call may crash, whatever it
 * returns, and nothing may be left at the end. Debug builds only: freed handles are used on purpose. */
#include <kaigo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state = 88172645463325252u;

static uint64_t random_number(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint64_t below(uint64_t limit) { return random_number() % limit; }
static int one_in(uint64_t n) { return below(n) == 0; }

/* Small numbers, where calls find something, and the ends of the range. */
static uint64_t number(void) {
    static const uint64_t ends[] = {0, UINT64_MAX, INT64_MAX, (uint64_t)INT64_MAX + 1, UINT32_MAX, 202607, 20260625093835u};
    return one_in(8) ? random_number() : one_in(4) ? ends[below(7)] : below(20);
}

enum { POOL = 48 };

/* The handles of each type that were given out, freed ones among them. */
static void *pool[TYPES][POOL];
static unsigned char memory[4096];

static void *handle(int type) {
    switch (below(12)) {
    case 0: return NULL;
    case 1: return (char *)pool[type][below(POOL)] + 1;
    case 2: return pool[below(TYPES)][below(POOL)];
    case 3: return memory + 8 * below(8);
    default: return pool[type][below(POOL)];
    }
}

static int32_t free_handle(int type, void *given);

/* Keeps a new handle in the place of another, which is freed. */
static void keep(int type, void *given) {
    void **slot = &pool[type][below(POOL)];
    if (given == NULL) return;
    if (*slot != NULL) free_handle(type, *slot);
    *slot = given;
}

/* A text or bytes: what calls understand, what they do not, or nothing. */
typedef struct piece {
    const unsigned char *start;
    size_t length;
} piece;

static unsigned char loaded[24][1 << 16];
static piece pieces[64];
static size_t piece_count;

static void add_piece(const void *start, size_t length) {
    pieces[piece_count].start = (const unsigned char *)start;
    pieces[piece_count++].length = length;
}

static void load_pieces(int argc, char **argv) {
    static const char *texts[] = {
        "", ".", "in", "out", "sequence", "UPPLAN", "insurer_number", "被保険者番号", "20260701", "0930", "1371249069", "43",
        "09201", "https://127.0.0.1:1", "0123456789abcdef0123456789abcdef", "\xFF\xFE\x80", "\xED\xA0\x80",
        "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV", "x.CSV",
        "{\"standard\":\"5.0-provisional\",\"kind\":\"DLTPLAN\",\"records\":[{\"insurerNumber\":\"092015\"},{}]}",
        "202407,092015,1234567890,20260701\r\n202407,\"\x8E\x52\"\"\x93\x63,,\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) add_piece(texts[i], strlen(texts[i]));
    for (int i = 0; i < argc && i < 24; i++) {
        FILE *in = fopen(argv[i], "rb");
        if (in == NULL) continue;
        add_piece(loaded[i], fread(loaded[i], 1, sizeof loaded[0], in));
        fclose(in);
    }
    add_piece(memory, sizeof memory);
}

/* A piece of bytes for elements of a size, sometimes with a length that cannot be, sometimes not aligned. */
static piece text(size_t size) {
    static uint16_t wide[1 << 16];
    piece given = pieces[below(piece_count)];
    if (size == 2) {
        /* ASCII in two bytes, or surrogates that belong to nothing. */
        size_t length = given.length < sizeof wide / 2 - 1 ? given.length : sizeof wide / 2 - 1;
        for (size_t i = 0; i < length; i++) wide[i] = one_in(500) ? (uint16_t)(0xD800 + below(2048)) : given.start[i];
        given.start = (const unsigned char *)wide;
        given.length = length;
    }
    if (given.length > 8 && one_in(8)) given.length = (size_t)below(given.length);
    switch (below(24)) {
    case 0: given.start = NULL; break;
    case 1: given.start = NULL; given.length = 0; break;
    case 2: given.length = SIZE_MAX; break;
    case 3: given.length = SIZE_MAX / 2 + 1 + (size_t)below(1000); break;
    case 4: given.start += size - 1; given.length = given.length > 1 ? given.length - 1 : 0; break;
    default: break;
    }
    return given;
}

/* Several texts at once. */
typedef struct pieces_of {
    const void **starts;
    size_t *lengths;
    size_t count;
} pieces_of;

static pieces_of texts(size_t size) {
    enum { MOST = 40 };
    static const void *starts[MOST];
    static size_t lengths[MOST];
    pieces_of given = {starts, lengths, (size_t)below(MOST)};
    for (size_t i = 0; i < given.count; i++) {
        /* The wide ones share one place, which may hold another text by now: as long as the shortest. */
        piece one = text(size);
        starts[i] = one.start;
        lengths[i] = size == 2 && one.length < SIZE_MAX / 4 ? one.length % 100 : one.length;
    }
    return given;
}

static int64_t read_stream(uint8_t *buffer, size_t capacity, void *user) {
    size_t length = (size_t)below(capacity < 600 ? capacity + 1 : 600);
    (void)user;
    if (one_in(40)) return one_in(2) ? -1 : INT64_MAX;
    if (one_in(3)) return 0;
    for (size_t i = 0; i < length; i++) buffer[i] = (uint8_t)random_number();
    return (int64_t)length;
}

static int32_t progress(uint64_t done, uint64_t total, void *user) {
    (void)done, (void)total, (void)user;
    return one_in(10);
}

/* A card that answers anything: mostly that a command was carried out, with some bytes. */
static int64_t transmit(const uint8_t *command, size_t command_len, uint8_t *answer, size_t capacity, void *user) {
    size_t length = (size_t)below(40);
    (void)command, (void)command_len, (void)user;
    if (one_in(40)) return one_in(2) ? -(int64_t)below(6) : INT64_MAX;
    if (capacity < 42) return 0;
    for (size_t i = 0; i < length; i++) answer[i] = (uint8_t)random_number();
    answer[length] = one_in(10) ? 0x63 : 0x90;
    answer[length + 1] = answer[length] == 0x63 ? (uint8_t)(0xC0 + below(11)) : 0;
    return (int64_t)length + 2;
}

static int32_t power_down(void *user) {
    (void)user;
    return 0;
}

static int32_t log_message(uint32_t level, const char *message, size_t length, void *user) {
    (void)level, (void)message, (void)length, (void)user;
    return 0;
}

/* The parts of a stream that nobody looks into are spelled out so far. */
struct ArrowArray {
    int64_t numbers[5];
    void *pointers[3];
    void (*release)(struct ArrowArray *);
    void *private_data;
};

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, void *);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

static const struct ArrowArrayStream no_stream = {NULL, NULL, NULL, NULL, NULL};

/* A stream of a random document, or none. */
static struct ArrowArrayStream some_stream(void) {
    struct ArrowArrayStream stream = no_stream;
    const kaigo_document *document = (const kaigo_document *)pool[TYPE_kaigo_document][below(POOL)];
    if (!one_in(8)) kaigo_document_arrow(document, NULL, &stream, NULL);
    return stream;
}

/* Uses up some of a stream, or all, and ends it. */
static void end_stream(struct ArrowArrayStream *stream) {
    if (stream->release == NULL) return;
    for (int left = (int)below(5); left > 0; left--) {
        struct ArrowArray batch;
        if (stream->get_next(stream, &batch) != 0) continue;
        if (batch.release == NULL) break;
        batch.release(&batch);
    }
    stream->release(stream);
}

/* Options of random small numbers; the functions in them are put in by the generated part. */
static void *options(void *start, size_t size) {
    uint32_t *words = (uint32_t *)start;
    memset(start, 0, size);
    for (size_t i = 1; i < size / sizeof *words; i++) words[i] = one_in(6) ? (uint32_t)below(4) : 0;
    words[0] = one_in(10) ? (uint32_t)number() % 64 : (uint32_t)size;
    return start;
}

/* Logs an office of the sandbox in; `access` holds the password of its certificate, its user and the user's password. */
static kaigo_session *log_in(const char *url, piece p12, char **access) {
    kaigo_credential *credential = NULL;
    kaigo_certificates *roots = NULL;
    kaigo_platform *platform = NULL;
    kaigo_session *session = NULL;
    piece ca = pieces[piece_count - 4];

    kaigo_credential_from_pkcs12_utf8(p12.start, p12.length, access[0], strlen(access[0]), &credential, NULL);
    kaigo_certificates_from_pem(ca.start, ca.length, &roots, NULL);
    kaigo_platform_new_utf8(url, strlen(url), credential, roots, NULL, &platform, NULL);
    kaigo_session_login_utf8(platform, access[1], strlen(access[1]), access[2], strlen(access[2]), &session, NULL);
    keep(TYPE_kaigo_credential, credential);
    keep(TYPE_kaigo_certificates, roots);
    keep(TYPE_kaigo_platform, platform);
    return session;
}

/* Puts handles that are good for something into the pools, so that random calls get beyond the first check. `access` holds
 * the address of a sandbox and how two offices log in: one that sends and one that receives. */
/* A reader of the first file of a unit, at its first row. */
static kaigo_reader *first_row(const kaigo_unit *unit) {
    char path[200] = "in/";
    size_t length = 0;
    uint64_t row = 0;
    kaigo_reader *reader = NULL;
    kaigo_unit_file_name_utf8(unit, 0, path + 3, sizeof path - 3, &length, NULL);
    kaigo_reader_open_utf8(path, length + 3, NULL, &reader, NULL);
    kaigo_reader_next(reader, &row, NULL);
    return reader;
}

/* A person, from the transcript of a card. */
static void replay(void) {
    static char transcript[1 << 14];
    FILE *in = fopen("in/basic-items-by-pin.jsonl", "rb");
    size_t length = in != NULL ? fread(transcript, 1, sizeof transcript, in) : 0;
    kaigo_card *card = NULL;
    kaigo_pin *pin = NULL;
    kaigo_person *person = NULL;
    if (in != NULL) fclose(in);
    kaigo_card_replay_utf8(transcript, length, 0, &card, NULL);
    kaigo_pin_new_utf8(KAIGO_PIN_TEXT, "1357", 4, &pin, NULL);
    kaigo_card_basic_items(card, pin, KAIGO_LAST_TRY_REFUSE, &person, NULL);
    kaigo_card_free(card);
    keep(TYPE_kaigo_pin, pin);
    keep(TYPE_kaigo_person, person);
}

static void seed(char **access) {
    kaigo_units *units = NULL;
    kaigo_inbox *inbox = NULL;
    kaigo_transfers *waiting = NULL;
    kaigo_scan *scan = NULL;
    kaigo_outbox *outbox = NULL;
    kaigo_outbox_entries *entries = NULL;
    uint64_t id = 0;
    const char *folder = "in";
    size_t folder_length = 2;
    kaigo_arrow_options slips = {0};
    kaigo_session *sender = log_in(access[0], pieces[piece_count - 3], access + 1);
    kaigo_session *receiver = log_in(access[0], pieces[piece_count - 2], access + 4);

    slips.struct_size = sizeof slips;
    slips.kind = KAIGO_KIND_UPPLAN;
    kaigo_inbox_new(&inbox, NULL);
    kaigo_outbox_open_utf8("outbox", 6, &outbox, NULL);
    kaigo_units_open_utf8("in", 2, NULL, &units, NULL);
    for (uint64_t i = 0; i < 8; i++) {
        kaigo_unit *unit = NULL;
        kaigo_document *document = NULL;
        kaigo_report *report = NULL;
        kaigo_transfers *sent = NULL;
        if (kaigo_units_get(units, i, &unit, NULL) != KAIGO_OK) break;
        kaigo_inbox_apply(inbox, unit, NULL, &report, NULL);
        kaigo_unit_document(unit, 0, NULL, &document, NULL);
        kaigo_session_send_utf8(sender, unit, "", 0, &sent, NULL);
        kaigo_outbox_enqueue(outbox, unit, &id, NULL);
        keep(TYPE_kaigo_reader, first_row(unit));
        keep(TYPE_kaigo_report, report);
        keep(TYPE_kaigo_document, document);
        keep(TYPE_kaigo_transfers, sent);
        keep(TYPE_kaigo_unit, unit);
    }
    kaigo_session_received(receiver, KAIGO_RECEIVED_ALL, NULL, &waiting, NULL);
    for (uint64_t i = 0; i < 4; i++) {
        kaigo_received *received = NULL;
        const char *id = NULL;
        size_t length = 0;
        if (kaigo_transfers_text_view_utf8(waiting, i, KAIGO_TRANSFER_ID, &id, &length, NULL) != KAIGO_OK) break;
        kaigo_session_fetch_utf8(receiver, id, length, &received, NULL);
        kaigo_session_mark_imported_utf8(receiver, id, length, NULL, NULL);
        keep(TYPE_kaigo_received, received);
    }
    for (uint32_t kind = KAIGO_PIN_USER_AUTHENTICATION; kind <= KAIGO_PIN_CODE_B; kind++) {
        static const char *const codes[] = {"1234", "abc123", "1234", "12345678901234"};
        const char *code = codes[kind - KAIGO_PIN_USER_AUTHENTICATION];
        kaigo_pin *pin = NULL;
        kaigo_card *card = NULL;
        kaigo_pin_new_utf8(kind, code, strlen(code), &pin, NULL);
        kaigo_card_open(transmit, power_down, NULL, KAIGO_CARD_RECORD, &card, NULL);
        keep(TYPE_kaigo_pin, pin);
        keep(TYPE_kaigo_card, card);
    }
    replay();
    kaigo_scan_new_utf8(&folder, &folder_length, 1, &slips, &scan, NULL);
    kaigo_outbox_list(outbox, &entries, NULL);
    keep(TYPE_kaigo_scan, scan);
    keep(TYPE_kaigo_outbox, outbox);
    keep(TYPE_kaigo_outbox_entries, entries);
    keep(TYPE_kaigo_units, units);
    keep(TYPE_kaigo_inbox, inbox);
    keep(TYPE_kaigo_transfers, waiting);
    keep(TYPE_kaigo_session, sender);
    keep(TYPE_kaigo_session, receiver);
}

static void run(void);

/* SECONDS URL, for two offices PASSWORD USER PASSWORD, FILE...: the last files are the sandbox's authority and the
 * certificates of the two. */
int main(int argc, char **argv) {
    time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 1);
    uint64_t calls = 0;
    if (argc < 13) return 2;
    load_pieces(argc - 9, argv + 9);
    for (; time(NULL) < end; calls++) {
        if (calls % 20000 == 0) seed(argv + 2);
        run();
    }
    for (int type = 0; type < TYPES; type++)
        for (int i = 0; i < POOL; i++) free_handle(type, pool[type][i]);
    printf("%llu calls of %d\n", (unsigned long long)calls, CALLS);
    for (int i = 0; i < CALLS; i++)
        if (succeeded[i] == 0) printf("never succeeded: %s\n", names[i]);
    return 0;
}
