"""Personal data: the register of what is held and why, each person's own page, their requests and the legal clocks."""
