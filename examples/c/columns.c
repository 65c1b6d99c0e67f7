/* Sums a column of whole numbers over all files at a path, without a call for each field: columns KIND COLUMN PATH...
 * Files are read and checked on all cores while their columns are used. */
#include "arrow.h"
#include "example.h"

/* The place of the column in the batches; -1 where there is none of whole numbers. */
static int64_t place_of(const struct ArrowSchema *schema, const char *name) {
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0 && strcmp(schema->children[i]->format, "i") == 0) return i;
    return -1;
}

/* The sum of the cells that are not null. */
static int64_t sum_of(const struct ArrowArray *column) {
    const uint8_t *valid = (const uint8_t *)column->buffers[0];
    const int32_t *cells = (const int32_t *)column->buffers[1];
    int64_t sum = 0;
    for (int64_t i = column->offset; i < column->offset + column->length; i++)
        if (valid == NULL || (valid[i / 8] >> (i % 8) & 1) != 0) sum += cells[i];
    return sum;
}

static int sum(struct ArrowArrayStream *stream, const char *name, int64_t *rows, int64_t *total) {
    struct ArrowSchema schema;
    struct ArrowArray batch;
    int64_t place = -1;
    if (stream->get_schema(stream, &schema) != 0) return 0;
    place = place_of(&schema, name);
    schema.release(&schema);
    if (place < 0) {
        fprintf(stderr, "there is no column %s of whole numbers\n", name);
        return 0;
    }
    for (;;) {
        if (stream->get_next(stream, &batch) != 0) {
            fprintf(stderr, "%s\n", stream->get_last_error(stream));
            return 0;
        }
        if (batch.release == NULL) return 1;
        *rows += batch.length;
        *total += sum_of(batch.children[place]);
        batch.release(&batch);
    }
}

int main(int argc, char **argv) {
    kaigo_error *err = NULL;
    kaigo_scan *scan = NULL;
    kaigo_report *report = NULL;
    kaigo_arrow_options options;
    struct ArrowArrayStream stream;
    size_t lengths[64];
    uint64_t files = 0, findings = 0;
    int64_t rows = 0, total = 0;
    int done = 0;

    if (argc < 4 || argc > 67) return 2;
    for (int i = 3; i < argc; i++) lengths[i - 3] = strlen(argv[i]);
    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    if (!succeeded(kaigo_kind_from_name_utf8(argv[1], strlen(argv[1]), &options.kind, &err), err) ||
        !succeeded(kaigo_scan_new_utf8((const char *const *)argv + 3, lengths, (size_t)argc - 3, &options, &scan, &err), err))
        return 1;
    kaigo_scan_files(scan, &files, NULL);
    if (succeeded(kaigo_scan_arrow(scan, &stream, &err), err)) {
        done = sum(&stream, argv[2], &rows, &total);
        stream.release(&stream);
    }
    if (done && succeeded(kaigo_scan_report(scan, 0, &report, &err), err)) {
        kaigo_report_number(report, KAIGO_REPORT_COUNT, &findings, NULL);
        printf("%d files, %d rows, %d findings, ", (int)files, (int)rows, (int)findings);
        printf("%s: %lld\n", argv[2], (long long)total);
    }
    kaigo_report_free(report);
    kaigo_scan_free(scan);
    return done ? 0 : 1;
}
