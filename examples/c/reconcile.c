/* Planned against actual visits: reconcile UPPLAN.CSV UPJSK.CSV
 * Two visits of a day within ten minutes of each other are the same; of the others it says what became of them. */
#include "example.h"

/* A number at a path of the result; 0 where none stands there. */
static unsigned number(const kaigo_domain *found, const char *path) {
    uint64_t value = 0;
    kaigo_domain_number_utf8(found, path, strlen(path), &value, NULL);
    return (unsigned)value;
}

/* Prints the totals of each outcome. */
static int print_outcomes(const kaigo_domain *found) {
    static const char outcomes[] = "outcomes";
    kaigo_error *err = NULL;
    uint64_t count = 0, index;
    int done = succeeded(kaigo_domain_count_utf8(found, outcomes, strlen(outcomes), &count, &err), err);

    for (index = 0; done && index < count; index++) {
        char path[64], text[64];
        size_t needed = 0;
        snprintf(path, sizeof path, "outcomes[%u].outcome", (unsigned)index);
        done = succeeded(kaigo_domain_text_utf8(found, path, strlen(path), text, sizeof text, &needed, &err), err);
        if (!done) break;
        printf("%.*s:", (int)needed, text);
        snprintf(path, sizeof path, "outcomes[%u].visits", (unsigned)index);
        printf(" %u\n", number(found, path));
    }
    return done;
}

int main(int argc, char **argv) {
    kaigo_error *err = NULL;
    kaigo_document *planned = NULL, *actual = NULL;
    kaigo_domain *found = NULL;
    int done;

    if (argc != 3) return 2;
    done = succeeded(kaigo_document_open_utf8(argv[1], strlen(argv[1]), NULL, &planned, &err), err) &&
           succeeded(kaigo_document_open_utf8(argv[2], strlen(argv[2]), NULL, &actual, &err), err) &&
           succeeded(kaigo_reconcile(planned, actual, NULL, 10, &found, &err), err) && print_outcomes(found);
    if (done)
        printf("units: %u planned, %u actual\n", number(found, "balance.plannedUnits"),
               number(found, "balance.actualUnits"));
    kaigo_domain_free(found);
    kaigo_document_free(actual);
    kaigo_document_free(planned);
    return done ? 0 : 1;
}
