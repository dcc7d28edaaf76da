cimport cython

from cleanclaim_x12.typed.elements cimport Element, Hook, Row, Value
from cleanclaim_x12.typed.native cimport Cut, Slot

cdef class Node:
    cdef readonly Py_ssize_t depth
    cdef readonly Node above
    cdef object fill
    cdef readonly dict table, below

cdef class Walk:
    cdef readonly list path
    cdef public list units
    cdef public str name
    cdef object loop, delimiters
    cdef dict table, standard
    cdef Cut cut
    @cython.locals(step=Step, raw=str, cut=Cut)
    cpdef feed(self, list segments, Py_ssize_t place)
    cdef enter(self, Node node)
    cdef keep(self, str raw, Py_ssize_t place, bint replaces=*)

cdef class Step:
    cdef str tag
    cdef Node node
    cdef take(self, Walk walk, Cut cut, Py_ssize_t place)

cdef class Keeps(Step):
    pass

cdef class Chooses(Step):
    cdef dict steps
    cdef Py_ssize_t at
    @cython.locals(step=Step)
    cdef take(self, Walk walk, Cut cut, Py_ssize_t place)

cdef class Opens(Step):
    cdef object make
    cdef Row row
    cdef Hook hook
    cdef Slot place
    cdef public list links
    cdef public bint is_unit
    @cython.locals(node=Node, above=Node, path=list, slot=Slot, depth=Py_ssize_t, whole=bint)
    cdef take(self, Walk walk, Cut cut, Py_ssize_t place)

cdef class Fills(Step):
    cdef Row row
    cdef list resets
    cdef Slot first
    @cython.locals(first=Slot, slot=Slot, whole=bint)
    cdef take(self, Walk walk, Cut cut, Py_ssize_t place)

cdef class Becomes(Step):
    cdef Hook hook
    cdef object item
    cdef list elements
    cdef public list spots, blank
    cdef public Py_ssize_t least
    @cython.locals(count=Py_ssize_t)
    cdef take(self, Walk walk, Cut cut, Py_ssize_t place)
    @cython.locals(given=list, element=Element, at=Py_ssize_t)
    cdef made(self, Cut cut, Py_ssize_t place)

cdef class Reads(Step):
    cdef Slot slot
    cdef object read
    cdef Value value
    @cython.locals(items=list)
    cdef take(self, Walk walk, Cut cut, Py_ssize_t place)
    cdef plain(self, Cut cut, Py_ssize_t place)

cdef class ReadsDates(Reads):
    @cython.locals(at=Py_ssize_t)
    cdef plain(self, Cut cut, Py_ssize_t place)

cdef class ReadsAdjustments(Reads):
    pass

cdef class ReadsCodes(Reads):
    @cython.locals(items=list, code=tuple, at=Py_ssize_t)
    cdef plain(self, Cut cut, Py_ssize_t place)
