/* What the examples share: printing an error, and reading a small file. */
#ifndef KAIGO_EXAMPLE_H
#define KAIGO_EXAMPLE_H

#include <kaigo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Prints the error of a call that failed and frees it. Returns whether the call succeeded. */
static inline int succeeded(int32_t status, kaigo_error *err) {
    const char *text = "";
    size_t length = 0;
    if (status == KAIGO_OK) return 1;
    kaigo_error_text_view_utf8(err, KAIGO_ERROR_MESSAGE_EN, &text, &length, NULL);
    fprintf(stderr, "status %d: %.*s\n", (int)status, (int)length, text);
    kaigo_error_free(err);
    return 0;
}

typedef struct file {
    uint8_t *bytes;
    size_t length;
} file;

/* Reads a small file; `bytes` is to be freed. */
static inline int read_file(const char *path, file *out) {
    FILE *in = fopen(path, "rb");
    size_t capacity = 1u << 20;
    if (in == NULL) return 0;
    out->bytes = (uint8_t *)malloc(capacity);
    out->length = out->bytes != NULL ? fread(out->bytes, 1, capacity, in) : 0;
    fclose(in);
    return out->length > 0;
}

#endif
