"""The records of the standard, one class a table; made from the declarations of the library."""

from ._kaigo import record_classes as _classes

globals().update(_classes)
__all__ = sorted(_classes)
