"""Customers of the UCI Online Retail file worked out by hand from the raw rows quoted.

Quoted: invoice, quantity x unit price of each line, day. Closing date 2011-12-09, cut-offs
90 days, 50,000 pence, 210 days, 90 days. A customer is ((layer, active, visits, tenure, gap,
pence), moves); a move is (date, from, to, cause, pence). OUTSIDE: no visit was ever made.
"""

OUTSIDE = (None, [])

UCI_CUSTOMERS = {
    # Returns only.
    # C536760  -1 x 2.95, -3 x 2.95  2010-12-02
    "17547": OUTSIDE,
    # Three returns, the last one after the last visit; none moves a fledgling customer.
    # 536374  32 x 10.95  2010-12-01        C537656  -12 x 10.95  2010-12-07
    # 537767  32 x 10.95  2010-12-08        C539260   -7 x 10.95  2010-12-16
    # 540563  16 x 10.95  2011-01-10        C541117   -3 x 10.95  2011-01-13
    "15100": (
        ("fledgling", False, 3, 40, 333, 63510),
        [
            ("2010-12-01", "outside", "first active", "visit", 35040),
            ("2010-12-08", "first active", "fledgling active", "visit", 35040),
            ("2011-04-10", "fledgling active", "fledgling lapsed", "lapse", 0),
        ],
    ),
    # A return after the last visit takes the customer from burst back to steady.
    # 538151  24 x 8.5, 12 x 1.45, 3 x 5.45, 3 x 5.45, 50 x 3.75  2010-12-09 (441.60)
    # 550934  100 x 4.15  2011-04-21        C551510  -100 x 4.15  2011-04-28
    "16163": (
        ("steady", False, 2, 133, 232, 44160),
        [
            ("2010-12-09", "outside", "first active", "visit", 44160),
            ("2011-03-09", "first active", "first lapsed", "lapse", 0),
            ("2011-04-21", "first lapsed", "burst active", "visit", 41500),
            ("2011-04-28", "burst active", "steady active", "return", -41500),
            ("2011-07-20", "steady active", "steady lapsed", "lapse", 0),
        ],
    ),
    # A return while lapsed takes the customer from burst to steady and wakes nobody.
    # 537854  24 x 1.25, 24 x 1.25, 24 x 2.55, 36 x 0.65, 12 x 0.85  2010-12-08 (154.80)
    # 541490  48 x 1.95, 4 x 2.95, 4 x 2.95, 5 x 2.55  2011-01-18 (129.95)
    # 548736  408 x 1.06  2011-04-04        C559345  -408 x 1.06  2011-07-07
    # 562531  48 x 1.95, 10 x 0.85  2011-08-05 (102.10)
    # 575966  6 x 4.95, 10 x 2.95, 6 x 2.08, 10 x 2.95  2011-11-13 (101.18)
    "13984": (
        ("steady", True, 5, 340, 26, 48803),
        [
            ("2010-12-08", "outside", "first active", "visit", 15480),
            ("2011-01-18", "first active", "fledgling active", "visit", 12995),
            ("2011-04-04", "fledgling active", "burst active", "visit", 43248),
            ("2011-07-03", "burst active", "burst lapsed", "lapse", 0),
            ("2011-07-07", "burst lapsed", "steady lapsed", "return", -43248),
            ("2011-08-05", "steady lapsed", "steady active", "visit", 10210),
            ("2011-11-03", "steady active", "steady lapsed", "lapse", 0),
            ("2011-11-13", "steady lapsed", "steady active", "visit", 10118),
        ],
    ),
    # A one-timer with a return on the day after.
    # 536537  36 x 2.1, 8 x 1.65, 36 x 1.25, 12 x 2.95, 12 x 2.95, 6 x 6.75, 2 x 12.75,
    #         8 x 2.95, 8 x 3.75, 8 x 3.75, 2 x 7.65  2010-12-01 (369.50)
    # C536737  -2 x 2.95  2010-12-02
    "15922": (
        ("first", False, 1, 0, 373, 36360),
        [
            ("2010-12-01", "outside", "first active", "visit", 36950),
            ("2011-03-01", "first active", "first lapsed", "lapse", 0),
        ],
    ),
    # 537841  1000 x 0.32  2010-12-08
    # 543991  1500 x 0.32, 100 x 0.5, 100 x 0.85  2011-02-15 (615.00)
    # 566028  1000 x 0.32  2011-09-08
    "13848": (
        ("prime", False, 3, 274, 92, 125500),
        [
            ("2010-12-08", "outside", "first active", "visit", 32000),
            ("2011-02-15", "first active", "fledgling active", "visit", 61500),
            ("2011-05-16", "fledgling active", "fledgling lapsed", "lapse", 0),
            ("2011-09-08", "fledgling lapsed", "prime active", "visit", 32000),
            ("2011-12-07", "prime active", "prime lapsed", "lapse", 0),
        ],
    ),
    # Lapsed three days before coming back.
    # 547843  20 x 2.55  2011-03-27
    # 565480  40 x 2.55  2011-09-05
    # 581136  20 x 2.55  2011-12-07
    "18273": (
        ("steady", True, 3, 255, 2, 20400),
        [
            ("2011-03-27", "outside", "first active", "visit", 5100),
            ("2011-06-25", "first active", "first lapsed", "lapse", 0),
            ("2011-09-05", "first lapsed", "steady active", "visit", 10200),
            ("2011-12-04", "steady active", "steady lapsed", "lapse", 0),
            ("2011-12-07", "steady lapsed", "steady active", "visit", 5100),
        ],
    ),
    # 543186  18 x 5.45, 18 x 5.45  2011-02-04 (196.20)
    # 548316  24 x 9.95  2011-03-30 (238.80)
    # 563742  32 x 8.5  2011-08-19          C568055  -1 x 8.5  2011-09-23
    # 579245  16 x 8.5  2011-11-28
    "17929": (
        ("prime", True, 4, 297, 11, 83450),
        [
            ("2011-02-04", "outside", "first active", "visit", 19620),
            ("2011-03-30", "first active", "fledgling active", "visit", 23880),
            ("2011-06-28", "fledgling active", "fledgling lapsed", "lapse", 0),
            ("2011-08-19", "fledgling lapsed", "burst active", "visit", 27200),
            ("2011-11-17", "burst active", "burst lapsed", "lapse", 0),
            ("2011-11-28", "burst lapsed", "prime active", "visit", 13600),
        ],
    ),
    # 561003  4 x 5.95  2011-07-22
    # 566218  6 x 5.95  2011-09-09
    # 568182  16 x 5.95, 6 x 2.95  2011-09-25 (112.90)
    # 577138  6 x 2.95  2011-11-18
    # 580718  24 x 1.25  2011-12-05
    "13079": (
        ("steady", True, 5, 136, 4, 22010),
        [
            ("2011-07-22", "outside", "first active", "visit", 2380),
            ("2011-09-09", "first active", "fledgling active", "visit", 3570),
            ("2011-11-18", "fledgling active", "steady active", "visit", 1770),
        ],
    ),
    # The line 21220, 10 x 1.25, stands twice in the invoice: the second is set aside.
    # 556596  1 x 12.75, 25 x 0.42, 1 x 7.95, 4 x 1.65, 50 x 0.85, 1 x 1.25, 10 x 1.25,
    #         10 x 0.42, (10 x 1.25)  2011-06-13 (98.25)
    "17349": (
        ("first", False, 1, 0, 179, 9825),
        [
            ("2011-06-13", "outside", "first active", "visit", 9825),
            ("2011-09-11", "first active", "first lapsed", "lapse", 0),
        ],
    ),
    # Two invoices on one day are one visit; a visit with a correction counts net.
    # 543479  24 x 3.75  2011-02-08
    # 553868  48 x 3.95  2011-05-19         553871  2 x 3.75  2011-05-19
    # C554373  -2 x 3.75  2011-05-24
    # 559828  2 x 3.95  2011-07-13          C559830  -1 x 0.48  2011-07-13
    "16998": (
        ("steady", False, 3, 155, 149, 28702),
        [
            ("2011-02-08", "outside", "first active", "visit", 9000),
            ("2011-05-09", "first active", "first lapsed", "lapse", 0),
            ("2011-05-19", "first lapsed", "steady active", "visit", 19710),
            ("2011-10-11", "steady active", "steady lapsed", "lapse", 0),
        ],
    ),
    # A return before the first visit counts as money and moves nobody.
    # C543671  -36 x 0.85, -12 x 0.85  2011-02-11
    # 544612  3906 x 0.82  2011-02-22 (3,202.92)
    # C560396  -96 x 0.85, -96 x 0.85, -96 x 0.85  2011-07-18 (-244.80)
    # 565377  1 x 852.8  2011-09-02
    "18087": (
        ("burst", False, 2, 192, 98, 377012),
        [
            ("2011-02-22", "outside", "first active", "visit", 320292),
            ("2011-05-23", "first active", "first lapsed", "lapse", 0),
            ("2011-09-02", "first lapsed", "burst active", "visit", 85280),
            ("2011-12-01", "burst active", "burst lapsed", "lapse", 0),
        ],
    ),
    # The second visit comes on the 90th day: in time, and no longer fledgling.
    # 543198  48 x 2.55, 12 x 10.95, 24 x 2.55  2011-02-04 (315.00)
    # 551884  24 x 0.19, 12 x 1.95, 144 x 0.42, 48 x 0.42, 48 x 0.42, 72 x 0.42, 12 x 0.83,
    #         12 x 0.83, 24 x 0.19, 48 x 0.39, 12 x 1.95, 12 x 1.95, 24 x 0.79, 12 x 0.83,
    #         24 x 0.79  2011-05-05 (296.88)
    "16109": (
        ("burst", False, 2, 90, 218, 61188),
        [
            ("2011-02-04", "outside", "first active", "visit", 31500),
            ("2011-05-05", "first active", "burst active", "visit", 29688),
            ("2011-08-03", "burst active", "burst lapsed", "lapse", 0),
        ],
    ),
    # 544155  40 x 7.65  2011-02-16         544807  30 x 7.65  2011-02-23
    # 548245  60 x 7.65  2011-03-30         562434  30 x 7.65  2011-08-04
    # 568214  70 x 7.65  2011-09-26
    "12823": (
        ("prime", True, 5, 222, 74, 175950),
        [
            ("2011-02-16", "outside", "first active", "visit", 30600),
            ("2011-02-23", "first active", "fledgling active", "visit", 22950),
            ("2011-06-28", "fledgling active", "fledgling lapsed", "lapse", 0),
            ("2011-08-04", "fledgling lapsed", "burst active", "visit", 22950),
            ("2011-09-26", "burst active", "prime active", "visit", 53550),
        ],
    ),
}
