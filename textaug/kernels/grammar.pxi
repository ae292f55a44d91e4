"""What begins at a class: part of `units.pyx`, the reference's regular expression `WORD` written by hand.

Every function reads the classes `c` from `i` on, stays before `end`, and returns the end of what it found
or -1.
"""

cdef enum:  # what a class may be part of
    ALPHA = 1       # an ASCII letter
    FIGURE = 2      # an ASCII digit
    LETTER = 4      # a Latin letter
    DIGIT = 8
    HAN = 16
    OTHER = 32
    LOCAL = 64      # the part of an e-mail address before its @
    URL = 128
    URL_END = 256
    BLANK = 512
    ALNUM = 3
    BODY = 12       # letters and digits of a word

cdef enum:  # names as `_packed` gives them
    WWW = 0x777777
    FTP = 0x707466
    HTTP = 0x70747468
    PH = 0x6870

cdef enum:
    HAN_KIND = 5
    EMOJI_KIND = 6
    WORD = 16
    NUMBER = 17
    ABBREVIATION = 18
    URL_KIND = 19
    EMAIL = 20
    MENTION = 21
    HASHTAG = 22
    OTHER_KIND = 23

cdef uint16_t FLAGS[256]
cdef uint32_t TOP_LEVEL[64]
cdef uint32_t ABBREVIATIONS[64]


cdef void _flag(bytes members, int flag):
    for class_ in members:
        FLAGS[class_] |= flag


cdef void _fill_grammar():
    letters, digits = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
    for members, flag in ((letters, ALPHA | LETTER | LOCAL | URL | URL_END),
                          (digits, FIGURE | DIGIT | LOCAL | URL | URL_END),
                          (b"\x81\x91", LETTER), (b"\x92", DIGIT), (b"\x83\x93", HAN), (b"\x85\x95", OTHER),
                          (b"._%+-", LOCAL), (b" \t\n\r\f\v", BLANK), (b"!#$%&'()*+,-./:;=?@[]_~", URL),
                          (b"/_=#&%~+@$-", URL_END)):
        _flag(members, flag)
    for k, name in enumerate(definition.TOP_LEVEL.split("|")):
        TOP_LEVEL[k] = int.from_bytes(name.encode(), "little")
    for k, name in enumerate(definition.ABBREVIATIONS.split("|")):
        ABBREVIATIONS[k] = int.from_bytes(name.encode(), "little")


_fill_grammar()  # both lists are shorter than their arrays, so that a zero ends them


cdef inline uint16_t _at(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    return FLAGS[c[i]] if i < end else 0


cdef inline bint _is(const uint8_t *c, int32_t i, int32_t end, uint8_t class_) noexcept nogil:
    return i < end and c[i] == class_


cdef inline int32_t _run(const uint8_t *c, int32_t i, int32_t end, int flags,
                         int32_t most=0x7FFFFFFF) noexcept nogil:
    """Skip what has one of the flags, `most` at most."""
    cdef int32_t last = end if end - i < most else i + most
    while i < last and FLAGS[c[i]] & flags:
        i += 1
    return i


cdef inline uint32_t _packed(const uint8_t *c, int32_t i, int32_t end, bint folded) noexcept nogil:
    """Up to four letters as one integer, in lower case if folded."""
    cdef uint32_t value = 0
    cdef int32_t k
    for k in range(end - i):
        value |= <uint32_t>(c[i + k] | (0x20 if folded else 0)) << (8 * k)
    return value


cdef bint _listed(const uint32_t *names, const uint8_t *c, int32_t i, int32_t end,
                  bint folded) noexcept nogil:
    cdef uint32_t value
    if end - i < 2 or end - i > 4:
        return False
    value = _packed(c, i, end, folded)
    while names[0] and names[0] != value:
        names += 1
    return names[0] != 0


cdef int32_t _url_rest(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    """What belongs to a URL, up to the last class that may end it."""
    cdef int32_t last = _run(c, i, end, URL)
    while last > i and not FLAGS[c[last - 1]] & URL_END:
        last -= 1
    return last if last > i else -1


cdef int32_t _label(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    cdef int32_t last = _run(c, i, end, ALNUM)
    while last > i and _is(c, last, end, c'-') and _at(c, last + 1, end) & ALNUM:
        last = _run(c, last + 1, end, ALNUM)
    return last


cdef int32_t _host(const uint8_t *c, int32_t i, int32_t end, int32_t *label) noexcept nogil:
    """Two to nine dotted labels; `label` becomes where the last one begins."""
    cdef int32_t last = _label(c, i, end), dots = 0
    if last == i:
        return -1
    while dots < 8 and _is(c, last, end, c'.') and _at(c, last + 1, end) & ALNUM:
        label[0] = last + 1
        last = _label(c, last + 1, end)
        dots += 1
    return last if dots else -1


cdef int32_t _email(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    cdef int32_t at = _run(c, i + 1, end, LOCAL, 63), label
    return _host(c, at + 1, end, &label) if _is(c, at, end, c'@') else -1


cdef int32_t _domain(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    cdef int32_t label = 0, last = _host(c, i, end, &label), rest
    if last < 0 or not _listed(TOP_LEVEL, c, label, last, False):
        return -1
    if _is(c, last, end, c'_') or _is(c, last, end, c'@') or _at(c, last, end) & BODY:
        return -1
    if last == end or not (c[last] == c'/' or c[last] == c':' or c[last] == c'?' or c[last] == c'#'):
        return last
    rest = _url_rest(c, last + 1, end)
    return rest if rest > 0 else last + 1 if c[last] == c'/' else last


cdef int32_t _abbreviation(const uint8_t *c, int32_t i, int32_t dot, int32_t end) noexcept nogil:
    """Dotted letters, Ph.D., or a listed form; `dot` is the first full stop."""
    cdef int32_t last = dot, letters = 0
    if dot == i + 1:
        while letters < 8 and _is(c, last, end, c'.') and _at(c, last + 1, end) & ALPHA:
            last += 2
            letters += 1
        last += _is(c, last, end, c'.')
        if letters and not _at(c, last, end) & BODY:
            return last
    if dot == i + 2 and _packed(c, i, dot, True) == PH and dot + 1 < end and c[dot + 1] | 0x20 == c'd':
        if _is(c, dot + 2, end, c'.'):
            return dot + 3
        if not _at(c, dot + 2, end) & BODY:
            return dot + 2
    return dot + 1 if _listed(ABBREVIATIONS, c, i, dot, True) else -1


cdef int32_t _joined(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    """Behind an apostrophe, a hyphen or underscores that a letter or a digit follows; else -1."""
    cdef int32_t last = i + 1
    if c[i] == c'_':
        while _is(c, last, end, c'_'):
            last += 1
    elif c[i] != c"'" and c[i] != c'-':
        return -1
    return last + 1 if _at(c, last, end) & BODY else -1


cdef int32_t _number(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    cdef int32_t joined
    i += c[i] == c'$'
    while i < end:
        if FLAGS[c[i]] & BODY:
            i += 1
        elif (c[i] == c'.' or c[i] == c',' or c[i] == c':' or c[i] == c'/') and FLAGS[c[i - 1]] & DIGIT \
                and _at(c, i + 1, end) & DIGIT:
            i += 2
        else:
            joined = _joined(c, i, end)
            if joined < 0:
                break
            i = joined
    return i + _is(c, i, end, c'%')


cdef inline bint _capital(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    return i < end and c'A' <= c[i] <= c'Z'


cdef inline bint _small(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    return i < end and c'a' <= c[i] <= c'z'


cdef int32_t _word(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    cdef int32_t joined
    while True:
        i = _run(c, i, end, BODY)
        if i == end:
            return i
        if c[i] == c'&':
            if not (_capital(c, i - 1, end) and _capital(c, i + 1, end)) or _small(c, i + 2, end):
                return i
            i += 2
        else:
            joined = _joined(c, i, end)
            if joined < 0:
                return i
            i = joined


cdef int32_t _url(const uint8_t *c, int32_t i, int32_t behind, int32_t end) noexcept nogil:
    """A scheme or `www` ends before `behind`, where a colon or a full stop stands."""
    cdef int32_t length = behind - i
    cdef uint32_t name
    if length < 3 or length > 5 or FLAGS[c[i]] & ALPHA == 0:
        return -1
    name = _packed(c, i, i + min(length, 4), True)
    if c[behind] == c'.':
        return _url_rest(c, behind + 1, end) if length == 3 and name == WWW else -1
    if not (_is(c, behind + 1, end, c'/') and _is(c, behind + 2, end, c'/')):
        return -1
    if name == HTTP and length == 5 and c[i + 4] | 0x20 != c's':
        return -1
    return _url_rest(c, behind + 3, end) if name == HTTP or (name == FTP and length == 3) else -1


cdef int32_t _longer(const uint8_t *c, int32_t i, int32_t behind, int32_t end, uint8_t *kind) noexcept nogil:
    """A URL, e-mail address or abbreviation that begins with the word or number before `behind`; else -1."""
    cdef uint8_t next = c[behind]
    cdef int32_t last
    cdef uint16_t then = _at(c, behind + 1, end)
    if next == c':' or next == c'.':
        last = _url(c, i, behind, end)
        if last > 0:
            kind[0] = URL_KIND
            return last
    if next != c'.' or then & LOCAL or _is(c, behind + 1, end, c'@'):
        last = _email(c, i, end)
        if last > 0:
            kind[0] = EMAIL
            return last
    if next != c'.':
        return -1
    last = _domain(c, i, end) if then & ALNUM else -1
    kind[0] = URL_KIND
    if last < 0 and FLAGS[c[i]] & ALPHA:
        last = _abbreviation(c, i, behind, end)
        kind[0] = ABBREVIATION
    return last


cdef int32_t _latin(const uint8_t *c, int32_t i, int32_t end, uint8_t *kind) noexcept nogil:
    """What begins with a Latin letter or a digit."""
    cdef bint number = FLAGS[c[i]] & DIGIT != 0
    cdef int32_t last = _number(c, i, end) if number else _word(c, i, end), longer
    cdef uint8_t next
    if last < end and FLAGS[c[i]] & ALNUM:
        next = c[last]
        if FLAGS[next] & LOCAL or next == c'@' or next == c':' or c[last - 1] == c'%':
            longer = _longer(c, i, last, end, kind)
            if longer > 0:
                return longer
    kind[0] = NUMBER if number else WORD
    return last


cdef inline bint _is_angle(uint8_t class_) noexcept nogil:
    return class_ == c'<' or class_ == c'>'


cdef int32_t _html(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    """Behind a short tag or an entity; else -1."""
    cdef int32_t last, equals
    if c[i] == c'&':
        i += 1 + _is(c, i + 1, end, c'#')
        last = _run(c, i, end, ALNUM, 10)
        return last + 1 if last > i and _is(c, last, end, c';') else -1
    i += 1 + _is(c, i + 1, end, c'/')
    if not _at(c, i, end) & ALPHA:
        return -1
    last = _run(c, i + 1, end, ALNUM, 15)
    if _at(c, last, end) & BLANK:
        equals = last + 1
        while equals < end and equals - last <= 64 and not _is_angle(c[equals]) and c[equals] != c'=':
            equals += 1
        if _is(c, equals, end, c'='):
            last = equals + 1
            while last < end and last - equals <= 512 and not _is_angle(c[last]):
                last += 1
    last = _run(c, last, end, BLANK, 8)
    last += _is(c, last, end, c'/')
    return last + 1 if _is(c, last, end, c'>') else -1


cdef int32_t _tag(const uint8_t *c, int32_t begin, int32_t i, int32_t end) noexcept nogil:
    """A @name or #tag, which holds a letter; else -1."""
    cdef int32_t last = i + 1
    cdef bint named = False
    if i > begin and (FLAGS[c[i - 1]] & BODY or c[i - 1] == c'_'):
        return -1
    while last < end and (FLAGS[c[last]] & (BODY | HAN | OTHER) or c[last] == c'_'):
        named = named or FLAGS[c[last]] & (LETTER | HAN | OTHER) != 0
        last += 1
    return last if named else -1


cdef int32_t _other(const uint8_t *c, int32_t i, int32_t end) noexcept nogil:
    while True:
        i = _run(c, i, end, OTHER | DIGIT)
        if not ((_is(c, i, end, c"'") or _is(c, i, end, c'-')) and _at(c, i + 1, end) & OTHER):
            return i
        i += 1


cdef int32_t _unit(const uint8_t *c, int32_t begin, int32_t i, int32_t end, uint8_t *kind) noexcept nogil:
    """Return the end of what begins at i, and its kind, 0 where it is no unit."""
    cdef uint8_t class_ = c[i]
    cdef uint16_t flags = FLAGS[class_]
    cdef int32_t last = -1
    if flags & BODY:
        return _latin(c, i, end, kind)
    if flags & HAN:
        kind[0] = HAN_KIND
        return _run(c, i, end, HAN)
    if flags & OTHER:
        kind[0] = OTHER_KIND
        return _other(c, i, end)
    if class_ == EMOJI_CLASS:
        kind[0] = EMOJI_KIND
        return i + 1
    if class_ == c'$' and _at(c, i + 1, end) & DIGIT:
        kind[0] = NUMBER
        return _number(c, i, end)
    kind[0] = 0
    if class_ == c'<' or class_ == c'&':
        last = _html(c, i, end)
    elif class_ == c'@' or class_ == c'#':
        last = _tag(c, begin, i, end)
        kind[0] = 0 if last < 0 else MENTION if class_ == c'@' else HASHTAG
    return last if last > 0 else i + 1
