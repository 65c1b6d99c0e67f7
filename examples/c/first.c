#include <kaigo.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    kaigo_document *document; kaigo_report *report; const char *line; size_t length;
    if (argc != 2 || kaigo_document_open_utf8(argv[1], strlen(argv[1]), NULL, &document, NULL) != KAIGO_OK) return 1;
    kaigo_document_report(document, 0, &report, NULL);
    for (uint64_t i = 0; !kaigo_report_finding_text_view_utf8(report, i, KAIGO_FINDING_LINE_EN, &line, &length, NULL); i++)
        printf("%.*s\n", (int)length, line);
    kaigo_report_free(report);
    kaigo_document_free(document);
}
