cimport cython

from cleanclaim_x12.typed.native cimport Cut, Slot

cdef class Element:
    cdef bint fill(self, object record, Cut cut, Py_ssize_t at) except -1
    cdef get(self, Cut cut, Py_ssize_t at)

cdef class Literal(Element):
    cdef str literal
    @cython.locals(text=str)
    cdef bint fill(self, object record, Cut cut, Py_ssize_t at) except -1

cdef class Value(Element):
    cdef Slot slot
    cdef object parse
    cdef dict known
    @cython.locals(slot=Slot)
    cdef bint fill(self, object record, Cut cut, Py_ssize_t at) except -1
    @cython.locals(text=str)
    cdef get(self, Cut cut, Py_ssize_t at)

cdef class Cents(Value):
    pass

cdef class Row:
    cdef list elements
    @cython.locals(element=Element, whole=bint, count=Py_ssize_t)
    cdef bint fill(self, object record, Cut cut, Py_ssize_t at) except -1

cdef class Parts(Element):
    cdef Row row

cdef class Hook:
    cdef Slot slot
    cdef bint is_list
    @cython.locals(slot=Slot)
    cdef bint is_taken(self, object loop) except -1
    @cython.locals(slot=Slot)
    cdef hang(self, object loop, object item)
