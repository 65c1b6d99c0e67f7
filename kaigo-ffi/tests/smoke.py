"""Reads a slip through ctypes: no more than that the calls can be called so."""

import ctypes
import sys

library = ctypes.CDLL(sys.argv[1])
path = sys.argv[2].encode()


def check(status, error):
    if status != 0:
        needed = ctypes.c_size_t()
        buffer = ctypes.create_string_buffer(1000)
        library.kaigo_error_text_utf8(error, 3, buffer, ctypes.c_size_t(1000), ctypes.byref(needed), None)
        library.kaigo_error_free(error)
        sys.exit(f"status {status}: {buffer.raw[: needed.value].decode()}")


def text(document, row, name):
    error, needed = ctypes.c_void_p(), ctypes.c_size_t()
    name = name.encode("utf-16-le")
    units = ctypes.c_size_t(len(name) // 2)
    call = library.kaigo_document_text_named_utf16
    check(call(document, ctypes.c_uint64(row), name, units, None, ctypes.c_size_t(0), ctypes.byref(needed),
               ctypes.byref(error)), error)
    buffer = (ctypes.c_uint16 * needed.value)()
    check(call(document, ctypes.c_uint64(row), name, units, buffer, needed, ctypes.byref(needed), ctypes.byref(error)),
          error)
    return bytes(buffer).decode("utf-16-le")


abi, error, document, rows = ctypes.c_uint32(), ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_uint64()
check(library.kaigo_abi_version(ctypes.byref(abi), ctypes.byref(error)), error)
assert abi.value == 1
check(library.kaigo_document_open_utf8(path, ctypes.c_size_t(len(path)), None, ctypes.byref(document),
                                       ctypes.byref(error)), error)
check(library.kaigo_document_rows(document, ctypes.byref(rows), ctypes.byref(error)), error)
for row in range(1, rows.value + 1):
    print(text(document, row, "service_date"), text(document, row, "サービス事業所名"))
assert library.kaigo_document_open_utf8(b"missing", ctypes.c_size_t(7), None, ctypes.byref(document), None) == 200
assert document.value is None
