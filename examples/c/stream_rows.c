/* Reads a CSV file of the exchange row by row, in constant memory however long it is: stream_rows FILE
 * Prints what is wrong as it comes, and at the end how many rows there are and how many fields are filled. */
#include "example.h"

/* Prints what was found since the last time. */
static void print_new_findings(kaigo_reader *reader) {
    kaigo_report *report = NULL;
    const char *line = "";
    size_t length = 0;
    if (kaigo_reader_report(reader, 0, &report, NULL) != KAIGO_OK) return;
    for (uint64_t i = 0;
         kaigo_report_finding_text_view_utf8(report, i, KAIGO_FINDING_LINE_EN, &line, &length, NULL) == KAIGO_OK; i++)
        printf("%.*s\n", (int)length, line);
    kaigo_report_free(report);
}

/* Tells how far it is, on a line that is written anew. */
static int32_t on_progress(uint64_t done, uint64_t total, void *user) {
    (void)user;
    fprintf(stderr, "\r%u of %u MiB", (unsigned)(done >> 20), (unsigned)(total >> 20));
    return 0;
}

int main(int argc, char **argv) {
    enum { ALL = 128 };
    static kaigo_value values[ALL];
    kaigo_read_options options;
    kaigo_error *err = NULL;
    kaigo_reader *reader = NULL;
    uint64_t row = 0, rows = 0, filled = 0;
    uint32_t fields = 0;
    int done = 0;

    if (argc != 2) return 2;
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    options.progress = on_progress;
    values[0].struct_size = sizeof values[0];
    if (!succeeded(kaigo_reader_open_utf8(argv[1], strlen(argv[1]), &options, &reader, &err), err)) return 1;
    while ((done = succeeded(kaigo_reader_next(reader, &row, &err), err)) && row > 0) {
        rows = row;
        kaigo_reader_row(reader, values, ALL, &fields, NULL);
        for (uint32_t i = 0; i < fields && i < ALL; i++) filled += values[i].value_type != KAIGO_VALUE_BLANK;
        if (row % 1000 == 0) print_new_findings(reader);
    }
    print_new_findings(reader);
    kaigo_reader_free(reader);
    printf("%llu rows, %llu fields filled\n", (unsigned long long)rows, (unsigned long long)filled);
    return done ? 0 : 1;
}
