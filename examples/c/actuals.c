/* Makes actuals of a planned month, one visit moved and one cancelled: actuals PLAN_FOLDER OUT_FOLDER
 * The draft begins with the plan; it is written as units of actuals, one for each service type. */
#include "example.h"

static int change(kaigo_draft *draft) {
    kaigo_error *err = NULL;
    return succeeded(kaigo_draft_move(draft, 0, 2, 1300, 1330, &err), err) &&
           succeeded(kaigo_draft_cancel(draft, 1, &err), err);
}

/* Writes the units of a draft into a folder, with sequence numbers from a store there, and prints the names. */
static int write_units(const kaigo_draft *draft, const char *folder) {
    kaigo_error *err = NULL;
    kaigo_units *units = NULL;
    uint64_t count = 0, index;
    char store[4096];
    int done = snprintf(store, sizeof store, "%s/sequence", folder) < (int)sizeof store &&
               succeeded(kaigo_draft_units_utf8(draft, store, strlen(store), &units, &err), err) &&
               succeeded(kaigo_units_count(units, &count, &err), err);

    for (index = 0; done && index < count; index++) {
        kaigo_unit *unit = NULL;
        const char *name = "";
        size_t length = 0;
        done = succeeded(kaigo_units_get(units, index, &unit, &err), err) &&
               succeeded(kaigo_unit_write_utf8(unit, folder, strlen(folder), NULL, NULL, &err), err) &&
               succeeded(kaigo_unit_file_name_view_utf8(unit, 0, &name, &length, &err), err);
        if (done) printf("%.*s\n", (int)length, name);
        kaigo_unit_free(unit);
    }
    kaigo_units_free(units);
    return done;
}

int main(int argc, char **argv) {
    kaigo_error *err = NULL;
    kaigo_units *units = NULL;
    kaigo_unit *plan = NULL;
    kaigo_draft *draft = NULL;
    int done;

    if (argc != 3) return 2;
    done = succeeded(kaigo_units_open_utf8(argv[1], strlen(argv[1]), NULL, &units, &err), err) &&
           succeeded(kaigo_units_get(units, 0, &plan, &err), err) &&
           succeeded(kaigo_draft_of_unit(plan, 20260803, &draft, &err), err) && change(draft) &&
           write_units(draft, argv[2]);
    kaigo_draft_free(draft);
    kaigo_unit_free(plan);
    kaigo_units_free(units);
    return done ? 0 : 1;
}
