"""What the rows of a sales file come to: which are left out, what they bring in, their orders."""
