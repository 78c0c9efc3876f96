"""A campaign as a trial: whom it leaves out on purpose, and what it then proves to have caused."""
