"""How sure a difference is, worked out a second time with sums in place of a library."""

import math

LEAST = 20  # smaller groups are not shown
STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)


def step_of(products):
    """Numbers of products that are held to be alike: the largest step not above one."""
    return max(step for step in STEPS if step <= products)


def binomial(k, n, chance):
    """Chance of exactly k of n."""
    return math.comb(n, k) * chance**k * (1 - chance) ** (n - k)


def differs(k, n, expected):
    """Chance of so few or so many as k of n: the smaller tail, doubled."""
    chance = min(max(expected / n, 0), 1)
    few = sum(binomial(i, n, chance) for i in range(k + 1))
    many = sum(binomial(i, n, chance) for i in range(k, n + 1))
    return min(1, 2 * min(few, many))


def exceeds(k, expected, effective):
    """Chance of so many as k by Poisson's law, of so many independent witnesses.

    The lower incomplete gamma function by its power series.
    """
    x = expected * effective / k
    if x <= 0:
        return 0
    part = total = math.exp(effective * math.log(x) - x - math.lgamma(effective + 1))
    n = 1
    while part > total * 1e-17:
        part *= x / (effective + n)
        total += part
        n += 1
    return min(total, 1)


def believed(chances):
    """Which of {key: chance} stand after Benjamini and Hochberg at 5 %."""
    rising = sorted(chances, key=chances.get)
    stand = [n for n, key in enumerate(rising, 1) if chances[key] <= 0.05 * n / len(rising)]
    return set(rising[: max(stand, default=0)])
