# cython: language_level=3, boundscheck=False, wraparound=False
"""What `native.py` says, in C: only what is asked for of a segment becomes a Python value.

A file is read as latin-1, so characters are bytes here.
"""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from cpython.object cimport Py_TYPE, PyObject
from cpython.ref cimport Py_DECREF, Py_INCREF
from cpython.unicode cimport (
    PyUnicode_1BYTE_KIND,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_KIND,
)
from libc.stdint cimport uint64_t
from libc.string cimport memcpy

from cleanclaim_x12.typed.values import parse_cents

Element = str | list[str] | tuple[str, ...]  # a list has components, a tuple repetitions

cdef extern from *:
    """
    #ifndef BUILT_FROM
    #define BUILT_FROM "unknown"
    #endif
    """
    const char* BUILT_FROM

cdef struct Short:
    uint64_t packed
    PyObject* text

cdef enum:
    SHORTS = 2048  # how many short texts are kept: codes, dates and names come again and again
    DIGITS = 16

cdef Short shorts[SHORTS]


def built_from():
    """Say from which sources this was compiled: a digest."""
    return BUILT_FROM.decode()


cdef inline const unsigned char* bytes_of(str text) except NULL:
    if PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND:
        raise TypeError("segments are latin-1")
    return <const unsigned char*>PyUnicode_DATA(text)


cdef inline str text_of(const unsigned char* data, Py_ssize_t length):
    cdef uint64_t packed = 0
    cdef Py_ssize_t at
    cdef Short* short
    cdef str text
    if length == 0:
        return ""
    if length == 1 or length > 8:  # Python itself keeps single characters
        return PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, data, length)
    for at in range(length):
        packed = packed << 8 | data[at]
    short = &shorts[packed * <uint64_t>0x9E3779B97F4A7C15 >> 53]
    if short.text is not NULL and short.packed == packed:
        text = <str>short.text
        if len(text) == length:  # leading zero bytes do not show in what is packed
            return text
    text = PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, data, length)
    Py_INCREF(text)
    if short.text is not NULL:
        Py_DECREF(<object>short.text)
    short.text = <PyObject*>text
    short.packed = packed
    return text


cdef class Cut:
    def __init__(self, str separators):
        self.separator = separators[:1]
        self.mark = bytes_of(separators)[0]
        self.inner = Cut(separators[1:]) if len(separators) > 1 else None
        self.raw = ""

    cdef str key(self, str raw):
        return text_of(bytes_of(raw), min(3, len(raw)))

    cdef int take(self, str raw) except -1:
        self.raw = raw
        self.data = bytes_of(raw)
        return self.cut(0, len(raw))

    cdef int cut(self, Py_ssize_t start, Py_ssize_t end) except -1:
        """Find the elements between two places of the segment."""
        cdef Py_ssize_t count = 1, at
        self.starts[0] = start
        for at in range(start, end):
            if self.data[at] == self.mark:
                if count <= MOST:
                    self.starts[count] = at + 1
                count += 1
        if count <= MOST:
            self.starts[count] = end + 1
        self.count = count
        return 0

    cdef int check(self, Py_ssize_t at) except -1:
        if not 0 <= at < min(self.count, MOST):
            raise IndexError(at)
        return 0

    cdef str text(self, Py_ssize_t at):
        self.check(at)
        return text_of(self.data + self.starts[at], self.starts[at + 1] - self.starts[at] - 1)

    cdef object cents(self, Py_ssize_t at):
        self.check(at)
        cdef const unsigned char* data = self.data + self.starts[at]
        cdef Py_ssize_t length = self.starts[at + 1] - self.starts[at] - 1
        cdef Py_ssize_t digits = 0, behind = -1, place
        cdef long long cents = 0
        if length == 0:
            return None
        if length <= DIGITS:
            for place in range(length):
                if c"0" <= data[place] <= c"9":
                    cents = cents * 10 + (data[place] - c"0")
                    digits += 1
                elif data[place] == c"." and behind < 0:
                    behind = length - place - 1
                elif not (data[place] == c"-" and place == 0):
                    break
            else:
                if digits and behind <= 2:
                    cents *= 1 if behind == 2 else 10 if behind == 1 else 100
                    return -cents if data[0] == c"-" else cents
        return parse_cents(text_of(data, length))  # odd ones, or an error

    cdef Cut parts(self, Py_ssize_t at):
        self.check(at)
        self.inner.raw = self.raw  # holds the bytes
        self.inner.data = self.data
        self.inner.cut(self.starts[at], self.starts[at + 1] - 1)
        return self.inner

    cdef list all(self):
        return self.raw.split(self.separator)


cdef class Slot:
    def __init__(self, model, str name):
        self.descriptor = getattr(model, name)
        self.getter = Py_TYPE(self.descriptor).tp_descr_get
        self.setter = Py_TYPE(self.descriptor).tp_descr_set

    cdef object get(self, object record):
        return self.getter(self.descriptor, record, <object>Py_TYPE(record))

    cdef int put(self, object record, object value) except -1:
        return self.setter(self.descriptor, record, value)


cdef class Pen:
    def __init__(self, str separators, str allowed):
        cdef Py_UCS4 char
        self.e, self.c, self.r = separators[0], separators[1], separators[2:]
        self.out = []
        for char in allowed:
            if char < 128:
                self.allowed[char] = True

    def __dealloc__(self):
        PyMem_Free(self.line)

    cpdef put(self, list elements):
        """Write one segment; empty elements at its end are left off."""
        cdef str raw = self.joined(elements)
        self.out.append(self.mended(elements) if raw is None else raw)

    cdef str joined(self, list elements):
        """Give the segment, or nothing where a value holds what may not stand in it."""
        cdef Py_ssize_t end = 0, last = 0, before
        for element in elements:
            if end:
                self.line[end - 1] = bytes_of(self.e)[0]
            before = end
            if type(element) is str:
                end = self.write(end, <str>element)
            else:
                end = self.join(end, element, self.c if type(element) is list else self.r)
            if end < 0:
                return None
            if end > before:
                last = end
            end += 1  # there is room for what stands behind
        return PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, self.line, last)

    cdef Py_ssize_t join(self, Py_ssize_t end, object texts, str separator) except -2:
        """Write components or repetitions; give where they end, -1 where one may not stand."""
        cdef Py_ssize_t last = end, begin = end, before
        cdef bint more = False
        for text in texts:
            if more:
                if not separator:
                    return -1
                self.line[end] = bytes_of(separator)[0]
                end += 1
            before = end
            end = self.write(end, text)
            if end < 0:
                return -1
            if end > before or separator is not self.c:
                last = end
            more = True
        return last

    cdef Py_ssize_t write(self, Py_ssize_t end, str text) except -2:
        """Write a value; give where it ends, -1 where a character may not stand in it."""
        cdef Py_ssize_t length = len(text), at
        cdef const unsigned char* data
        if end + length + 2 > self.room:
            self.room = 2 * (end + length) + 256
            self.line = <char*>PyMem_Realloc(self.line, self.room)
            if self.line is NULL:
                self.room = 0
                raise MemoryError
        if PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND:
            return -1
        data = <const unsigned char*>PyUnicode_DATA(text)
        for at in range(length):
            if data[at] > 127 or not self.allowed[data[at]]:
                return -1
        memcpy(self.line + end, data, length)
        return end + length
