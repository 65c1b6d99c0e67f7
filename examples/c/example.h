/* What the examples share: printing an error, and ending on one. */
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

#endif
