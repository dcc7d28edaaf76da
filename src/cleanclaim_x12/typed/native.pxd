cimport cython
from cpython.object cimport descrgetfunc, descrsetfunc

cdef enum:
    MOST = 64  # elements whose places are kept; no segment that is understood has so many

@cython.final
cdef class Cut:
    cdef str separator
    cdef str raw
    cdef Cut inner
    cdef Py_ssize_t count
    cdef const unsigned char* data
    cdef unsigned char mark
    cdef Py_ssize_t starts[MOST + 1]
    cdef str key(self, str raw)
    cdef int take(self, str raw) except -1
    cdef int cut(self, Py_ssize_t start, Py_ssize_t end) except -1
    cdef int check(self, Py_ssize_t at) except -1
    cdef str text(self, Py_ssize_t at)
    cdef object cents(self, Py_ssize_t at)
    cdef Cut parts(self, Py_ssize_t at)
    cdef list all(self)

@cython.final
cdef class Slot:
    cdef object descriptor
    cdef descrgetfunc getter
    cdef descrsetfunc setter
    cdef object get(self, object record)
    cdef int put(self, object record, object value) except -1

cdef class Pen:
    cdef public str e, c, r
    cdef public list out
    cdef bint allowed[128]
    cdef char* line
    cdef Py_ssize_t room
    cdef Py_ssize_t write(self, Py_ssize_t end, str text) except -2
    cdef Py_ssize_t join(self, Py_ssize_t end, object texts, str separator) except -2
    cdef str joined(self, list elements)
    cpdef put(self, list elements)
