/* Reads a planned slip (第6表) and prints its visits: read_slip FILE */
#include "example.h"

/* Copies a field as text, whatever its length. The caller frees it. */
static char *field(const kaigo_document *document, uint64_t row, const char *name) {
    size_t needed = 0;
    char *text = NULL;
    if (kaigo_document_text_named_utf8(document, row, name, strlen(name), NULL, 0, &needed, NULL) != KAIGO_OK)
        return NULL;
    text = (char *)malloc(needed + 1);
    if (text == NULL) return NULL;
    kaigo_document_text_named_utf8(document, row, name, strlen(name), text, needed, &needed, NULL);
    text[needed] = '\0';
    return text;
}

int main(int argc, char **argv) {
    kaigo_error *err = NULL;
    kaigo_document *document = NULL;
    kaigo_buffer *json = NULL;
    const uint8_t *bytes = NULL;
    size_t length = 0;
    uint64_t rows = 0;
    uint32_t kind = 0, start_no = 0;
    static const char date[] = "service_date";
    static const char start[] = "サービス開始時刻";

    if (argc != 2) return 2;
    if (!succeeded(kaigo_document_open_utf8(argv[1], strlen(argv[1]), NULL, &document, &err), err)) return 1;
    kaigo_document_kind(document, &kind, NULL);
    kaigo_document_rows(document, &rows, NULL);
    if (kind != KAIGO_KIND_UPPLAN) {
        fprintf(stderr, "this is not a planned slip\n");
        kaigo_document_free(document);
        return 1;
    }
    if (!succeeded(kaigo_document_field_no_utf8(document, start, strlen(start), &start_no, &err), err)) start_no = 12;
    for (uint64_t row = 1; row <= rows; row++) {
        char *day = field(document, row, date);
        kaigo_value time;
        memset(&time, 0, sizeof time);
        time.struct_size = sizeof time;
        kaigo_document_value(document, row, start_no, &time, NULL);
        printf("%s %02d:%02d\n", day != NULL ? day : "?", (int)time.hour, (int)time.minute);
        free(day);
    }
    if (succeeded(kaigo_document_json(document, 0, &json, &err), err)) {
        kaigo_buffer_view(json, &bytes, &length, NULL);
        printf("%u rows, %u bytes of JSON\n", (unsigned)rows, (unsigned)length);
    }
    kaigo_buffer_free(json);
    kaigo_document_free(document);
    return 0;
}
