/* Checks files, folders and ZIP archives of the exchange: validate PATH...
 * Ends with 0 when nothing is wrong, 1 when something is, 2 when a path cannot be read. */
#include "example.h"

static uint64_t print_report(kaigo_report *report) {
    uint64_t count = 0, errors = 0;
    kaigo_report_number(report, KAIGO_REPORT_COUNT, &count, NULL);
    kaigo_report_number(report, KAIGO_REPORT_ERRORS, &errors, NULL);
    for (uint64_t i = 0; i < count; i++) {
        const char *line = "";
        size_t length = 0;
        kaigo_report_finding_text_view_utf8(report, i, KAIGO_FINDING_LINE_EN, &line, &length, NULL);
        printf("%.*s\n", (int)length, line);
    }
    kaigo_report_free(report);
    return errors;
}

static int validate(const char *path, uint64_t *errors) {
    kaigo_error *err = NULL;
    kaigo_units *units = NULL;
    kaigo_report *report = NULL;
    uint64_t count = 0;

    if (!succeeded(kaigo_units_open_utf8(path, strlen(path), NULL, &units, &err), err)) return 0;
    if (kaigo_units_report(units, 0, &report, NULL) == KAIGO_OK) *errors += print_report(report);
    kaigo_units_count(units, &count, NULL);
    for (uint64_t i = 0; i < count; i++) {
        kaigo_unit *unit = NULL;
        if (succeeded(kaigo_units_get(units, i, &unit, &err), err) &&
            succeeded(kaigo_unit_check(unit, NULL, 0, &report, &err), err))
            *errors += print_report(report);
        kaigo_unit_free(unit);
    }
    kaigo_units_free(units);
    printf("%s: %u units\n", path, (unsigned)count);
    return 1;
}

int main(int argc, char **argv) {
    uint64_t errors = 0;
    for (int i = 1; i < argc; i++)
        if (!validate(argv[i], &errors)) return 2;
    return errors > 0 ? 1 : 0;
}
