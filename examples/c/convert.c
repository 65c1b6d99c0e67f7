/* Converts a file of records to JSON, XML or CSV, and prints what is lost on the way:
 *     convert FILE json|xml|csv OUTPUT */
#include <kaigo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed(kaigo_error *error) {
    const char *message = "";
    size_t length = 0;
    kaigo_error_text_view_utf8(error, KAIGO_ERROR_MESSAGE_EN, &message, &length, NULL);
    fprintf(stderr, "%.*s\n", (int)length, message);
    kaigo_error_free(error);
    return 1;
}

int main(int argc, char **argv) {
    kaigo_convert_options options;
    kaigo_buffer *converted;
    kaigo_report *losses;
    kaigo_error *error = NULL;
    const uint8_t *bytes;
    const char *line, *name;
    size_t length, size;
    uint32_t to;
    uint64_t i;
    uint8_t *data;
    FILE *file;

    if (argc != 4) return 2;
    to = !strcmp(argv[2], "json") ? KAIGO_FORM_JSON : !strcmp(argv[2], "xml") ? KAIGO_FORM_XML : KAIGO_FORM_CSV;
    file = fopen(argv[1], "rb");
    if (!file) return 1;
    fseek(file, 0, SEEK_END);
    size = (size_t)ftell(file);
    rewind(file);
    data = (uint8_t *)malloc(size + 1);
    if (!data || fread(data, 1, size, file) != size) return 1;
    fclose(file);

    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    options.gaiji = KAIGO_GAIJI_MAP_VARIANTS;
    name = strrchr(argv[1], '/');
    name = name ? name + 1 : argv[1];
    if (kaigo_convert_utf8(name, strlen(name), data, size, to, &options, NULL, 0, &converted, NULL, &losses, NULL, &error)) {
        free(data);
        return failed(error);
    }
    free(data);
    for (i = 0; !kaigo_report_finding_text_view_utf8(losses, i, KAIGO_FINDING_LINE_EN, &line, &length, NULL); i++)
        printf("%.*s\n", (int)length, line);
    kaigo_report_free(losses);

    kaigo_buffer_view(converted, &bytes, &length, NULL);
    file = fopen(argv[3], "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file)) return 1;
    kaigo_buffer_free(converted);
    return 0;
}
