"""Products: what customers begin with, leave after, and buy together or next."""

from toolkit.book.products.products import Products, keep_products

__all__ = ["Products", "keep_products"]
