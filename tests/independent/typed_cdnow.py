"""Customers of CDNOW_master.txt worked out by hand from the raw rows quoted above each.

Closing date 1998-06-30, cut-offs 90 days, 7,000 cents, 210 days, 240 days. A customer is
((layer, active, visits, tenure, gap, cents), moves); a move is (date, from, to, cause, cents).
OUTSIDE stands where no visit was ever made.
"""

OUTSIDE = (None, [])

CDNOW_CUSTOMERS = {
    # 00001 19970101  1   11.77
    "00001": (
        ("first", False, 1, 0, 545, 1177),
        [
            ("1997-01-01", "outside", "first active", "visit", 1177),
            ("1997-08-29", "first active", "first lapsed", "lapse", 0),
        ],
    ),
    # The second visit comes on the 240th day: in time.
    # 00088 19970224  1   14.99
    # 00088 19971022  2   19.98
    "00088": (
        ("steady", False, 2, 240, 251, 3497),
        [
            ("1997-02-24", "outside", "first active", "visit", 1499),
            ("1997-10-22", "first active", "steady active", "visit", 1998),
            ("1998-06-19", "steady active", "steady lapsed", "lapse", 0),
        ],
    ),
    # Lapsed twice.
    # 00035 19970101  2   26.73
    # 00035 19970927  1   15.49
    "00035": (
        ("steady", False, 2, 269, 276, 4222),
        [
            ("1997-01-01", "outside", "first active", "visit", 2673),
            ("1997-08-29", "first active", "first lapsed", "lapse", 0),
            ("1997-09-27", "first lapsed", "steady active", "visit", 1549),
            ("1998-05-25", "steady active", "steady lapsed", "lapse", 0),
        ],
    ),
    # 00078 19970113  3   41.52
    # 00078 19980423  4   53.74
    "00078": (
        ("prime", True, 2, 465, 68, 9526),
        [
            ("1997-01-13", "outside", "first active", "visit", 4152),
            ("1997-09-10", "first active", "first lapsed", "lapse", 0),
            ("1998-04-23", "first lapsed", "prime active", "visit", 5374),
        ],
    ),
    # 00098 19970101  2   46.14
    # 00098 19970523  2   30.32
    "00098": (
        ("burst", False, 2, 142, 403, 7646),
        [
            ("1997-01-01", "outside", "first active", "visit", 4614),
            ("1997-05-23", "first active", "burst active", "visit", 3032),
            ("1998-01-18", "burst active", "burst lapsed", "lapse", 0),
        ],
    ),
    # 00173 19970101  1   18.36
    # 00173 19980403  3   31.47
    "00173": (
        ("steady", True, 2, 457, 88, 4983),
        [
            ("1997-01-01", "outside", "first active", "visit", 1836),
            ("1997-08-29", "first active", "first lapsed", "lapse", 0),
            ("1998-04-03", "first lapsed", "steady active", "visit", 3147),
        ],
    ),
    # An order of nothing is no visit: the customer stays outside.
    # 00455 19970102  1    0.00
    "00455": OUTSIDE,
    # The first visit is the one in November.
    # 10824 19970208  1    0.00
    # 10824 19971121  1   12.99
    "10824": (
        ("first", True, 1, 0, 221, 1299),
        [("1997-11-21", "outside", "first active", "visit", 1299)],
    ),
    # Over the amount line within two days: still fledgling.
    # 11378 19970210  1    0.00
    # 11378 19971123  2   35.48
    # 11378 19971125  4   41.96
    "11378": (
        ("fledgling", True, 2, 2, 217, 7744),
        [
            ("1997-11-23", "outside", "first active", "visit", 3548),
            ("1997-11-25", "first active", "fledgling active", "visit", 4196),
        ],
    ),
    # The second visit comes on the 240th day, the fourth changes no place.
    # 06686 19970126  3   28.11
    # 06686 19970923  2   18.98
    # 06686 19971208  4   43.96
    # 06686 19980329  2   27.98
    "06686": (
        ("prime", True, 4, 427, 93, 11903),
        [
            ("1997-01-26", "outside", "first active", "visit", 2811),
            ("1997-09-23", "first active", "steady active", "visit", 1898),
            ("1997-12-08", "steady active", "prime active", "visit", 4396),
        ],
    ),
    # Two equal rows are two purchases and one visit: the file has no order number.
    # 04227 19970117  1   13.97
    # 04227 19970202  1   11.77
    # 04227 19970314  1   14.96
    # 04227 19980202  1   11.49
    # 04227 19980202  1   11.49
    # 04227 19980416  1   11.49
    "04227": (
        ("prime", True, 5, 454, 75, 7517),
        [
            ("1997-01-17", "outside", "first active", "visit", 1397),
            ("1997-02-02", "first active", "fledgling active", "visit", 1177),
            ("1997-11-09", "fledgling active", "fledgling lapsed", "lapse", 0),
            ("1998-02-02", "fledgling lapsed", "steady active", "visit", 2298),
            ("1998-04-16", "steady active", "prime active", "visit", 1149),
        ],
    ),
    # An order of nothing after the last visit shortens no gap.
    # 07395 19970130  8  102.56
    # 07395 19970308  3   56.10
    # 07395 19980306  1   15.49
    # 07395 19980313  1    0.00
    "07395": (
        ("prime", True, 3, 400, 116, 17415),
        [
            ("1997-01-30", "outside", "first active", "visit", 10256),
            ("1997-03-08", "first active", "fledgling active", "visit", 5610),
            ("1997-11-03", "fledgling active", "fledgling lapsed", "lapse", 0),
            ("1998-03-06", "fledgling lapsed", "prime active", "visit", 1549),
        ],
    ),
}
