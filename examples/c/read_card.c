/* Reads an Individual Number Card (マイナンバーカード) through a channel of our own: read_card PORT TEXT-PIN USER-PIN
 *
 * The channel is a function that carries one command to the card and brings its answer back. A program on Windows calls
 * SCardTransmit in it; here a socket on this computer leads to the card, each message with its length in two bytes. */
#define _POSIX_C_SOURCE 200809L
#include "example.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static int transfer(int fd, uint8_t *bytes, size_t length, int out) {
    while (length > 0) {
        ssize_t count = out ? write(fd, bytes, length) : read(fd, bytes, length);
        if (count <= 0) return 0;
        bytes += count;
        length -= (size_t)count;
    }
    return 1;
}

static int64_t transmit(const uint8_t *command, size_t command_len, uint8_t *answer, size_t capacity, void *user) {
    const int fd = *(const int *)user;
    uint8_t head[2] = {(uint8_t)(command_len >> 8), (uint8_t)command_len};
    size_t length = 0;
    if (!transfer(fd, head, sizeof head, 1) || !transfer(fd, (uint8_t *)(uintptr_t)command, command_len, 1) ||
        !transfer(fd, head, sizeof head, 0))
        return KAIGO_TRANSMIT_REMOVED;
    length = ((size_t)head[0] << 8) | head[1];
    if (length > capacity || !transfer(fd, answer, length, 0)) return KAIGO_TRANSMIT_REMOVED;
    return (int64_t)length;
}

static int32_t power_down(void *user) {
    return shutdown(*(const int *)user, SHUT_RDWR);
}

static void print_person(kaigo_card *card, const char *code) {
    kaigo_error *err = NULL;
    kaigo_pin *pin = NULL;
    kaigo_person *person = NULL;
    if (succeeded(kaigo_pin_new_utf8(KAIGO_PIN_TEXT, code, strlen(code), &pin, &err), err) &&
        succeeded(kaigo_card_basic_items(card, pin, KAIGO_LAST_TRY_REFUSE, &person, &err), err))
        for (uint32_t what = KAIGO_PERSON_NAME; what <= KAIGO_PERSON_SEX; what++) {
            const char *text = "";
            size_t length = 0;
            kaigo_person_text_view_utf8(person, what, &text, &length, NULL);
            printf("%.*s\n", (int)length, text);
        }
    kaigo_person_free(person);
    kaigo_pin_free(pin);
}

/* Proves that the holder is there: the signature is checked against the certificate, as whoever asked for it does. */
static void print_signature(kaigo_card *card, const char *code) {
    static const uint8_t challenge[] = "login at https://example.invalid, 2026-07-01T09:00Z, 4f1c";
    kaigo_error *err = NULL;
    kaigo_pin *pin = NULL;
    kaigo_buffer *signature = NULL;
    kaigo_certificates *certificate = NULL;
    const uint8_t *bytes = NULL;
    size_t length = 0;
    uint32_t algorithm = 0;
    if (succeeded(kaigo_pin_new_utf8(KAIGO_PIN_USER_AUTHENTICATION, code, strlen(code), &pin, &err), err) &&
        succeeded(kaigo_card_sign(card, pin, KAIGO_LAST_TRY_REFUSE, challenge, sizeof challenge, &signature,
                                  &certificate, &algorithm, &err), err)) {
        kaigo_buffer_view(signature, &bytes, &length, NULL);
        if (succeeded(kaigo_certificates_verify_challenge(certificate, 0, challenge, sizeof challenge, bytes, length,
                                                          &err), err))
            printf("signed: algorithm %u, %u bytes\n", (unsigned)algorithm, (unsigned)length);
    }
    kaigo_certificates_free(certificate);
    kaigo_buffer_free(signature);
    kaigo_pin_free(pin);
}

int main(int argc, char **argv) {
    kaigo_error *err = NULL;
    kaigo_card *card = NULL;
    kaigo_card_common common;
    kaigo_card_tries tries;
    struct sockaddr_in at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (argc != 4 || fd < 0) return 2;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons((uint16_t)atoi(argv[1]));
    if (connect(fd, (struct sockaddr *)&at, sizeof at) != 0) return 2;
    if (!succeeded(kaigo_card_open(transmit, power_down, &fd, 0, &card, &err), err)) return 1;

    memset(&common, 0, sizeof common);
    common.struct_size = sizeof common;
    if (succeeded(kaigo_card_common_data(card, &common, &err), err))
        printf("municipality %05u, until %lld\n", (unsigned)common.municipality, (long long)common.expires);
    memset(&tries, 0, sizeof tries);
    tries.struct_size = sizeof tries;
    if (succeeded(kaigo_card_tries_left(card, &tries, &err), err))
        printf("tries left: %d, %d, %d, %d\n", (int)tries.user_authentication, (int)tries.signature, (int)tries.text,
               (int)tries.code_b);
    print_person(card, argv[2]);
    print_signature(card, argv[3]);
    kaigo_card_free(card);
    close(fd);
    return 0;
}
