"""Who the customers of a file are, and what files beside the sales say of them."""
