/* What the allowance for home modification pays for planned works: home_modification QUESTION.json
 * The question is read as a document, some members of it are printed, and the rule is asked. */
#include "example.h"

static int number(const kaigo_domain *domain, const char *path, uint64_t *value) {
    kaigo_error *err = NULL;
    return succeeded(kaigo_domain_number_utf8(domain, path, strlen(path), value, &err), err);
}

static int print_question(const file *json) {
    static const char name[] = "HomeModificationQuestion", on[] = "planned.startedOn", paid[] = "paid";
    kaigo_error *err = NULL;
    kaigo_domain *question = NULL;
    uint64_t cost = 0, works = 0;
    uint32_t year = 0, month = 0, day = 0;
    int done;

    if (!succeeded(kaigo_domain_open_utf8(name, strlen(name), json->bytes, json->length, KAIGO_MARKUP_JSON,
                                          &question, &err), err))
        return 0;
    done = number(question, "planned.cost", &cost) &&
           succeeded(kaigo_domain_day_utf8(question, on, strlen(on), &year, &month, &day, &err), err) &&
           succeeded(kaigo_domain_count_utf8(question, paid, strlen(paid), &works, &err), err);
    if (done)
        printf("planned: %u yen from %04u-%02u-%02u, after %u works that were paid\n", (unsigned)cost,
               (unsigned)year, (unsigned)month, (unsigned)day, (unsigned)works);
    kaigo_domain_free(question);
    return done;
}

int main(int argc, char **argv) {
    static const char rule[] = "home_modification";
    kaigo_error *err = NULL;
    kaigo_buffer *decision = NULL;
    const char *text = "";
    size_t length = 0;
    file json = {NULL, 0};
    int done;

    if (argc != 2 || !read_file(argv[1], &json)) return 2;
    done = print_question(&json) && succeeded(kaigo_benefit_decide_utf8(rule, strlen(rule), json.bytes, json.length, NULL,
                                                                        0, &decision, &err), err);
    free(json.bytes);
    if (!done) return 1;
    kaigo_buffer_text_view_utf8(decision, &text, &length, NULL);
    printf("%.*s\n", (int)length, text);
    kaigo_buffer_free(decision);
    return 0;
}
