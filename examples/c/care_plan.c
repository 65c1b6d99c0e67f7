/* Prints the needs of the care plans in a folder, ZIP archive or file, and how many goals each has: care_plan PATH */
#include "example.h"

static void print_text(kaigo_domain *document, const char *path) {
    char text[1024];
    size_t needed = 0;
    if (kaigo_domain_text_utf8(document, path, strlen(path), text, sizeof text, &needed, NULL) == KAIGO_OK)
        printf("%.*s\n", (int)needed, text);
    else
        printf("-\n");
}

static uint64_t count(kaigo_domain *document, const char *path) {
    uint64_t found = 0;
    kaigo_domain_count_utf8(document, path, strlen(path), &found, NULL);
    return found;
}

int main(int argc, char **argv) {
    static const char TYPE[] = "CareDocument";
    kaigo_error *err = NULL;
    kaigo_units *units = NULL;
    kaigo_buffer *json = NULL;
    kaigo_domain *document = NULL;
    const uint8_t *data = NULL;
    size_t size = 0;
    char path[160], item[192];

    if (argc != 2) return 2;
    if (!succeeded(kaigo_units_open_utf8(argv[1], strlen(argv[1]), NULL, &units, &err), err) ||
        !succeeded(kaigo_care_read(units, NULL, 0, &json, NULL, &err), err) ||
        !succeeded(kaigo_buffer_view(json, &data, &size, &err), err) ||
        !succeeded(kaigo_domain_open_utf8(TYPE, strlen(TYPE), data, size, KAIGO_MARKUP_JSON, &document, &err), err))
        return 2;
    for (unsigned plan = 0; plan < count(document, "carePlans"); plan++) {
        snprintf(item, sizeof item, "carePlans[%u].needs", plan);
        unsigned needs = (unsigned)count(document, item);
        for (unsigned need = 0; need < needs; need++) {
            snprintf(path, sizeof path, "carePlans[%u].needs[%u]", plan, need);
            snprintf(item, sizeof item, "%s.need", path);
            print_text(document, item);
            snprintf(item, sizeof item, "%s.goals", path);
            printf("  %u goals\n", (unsigned)count(document, item));
        }
    }
    kaigo_domain_free(document);
    kaigo_buffer_free(json);
    kaigo_units_free(units);
    return 0;
}
