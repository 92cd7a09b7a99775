"""The servers and the browser that tests start, and that end with them."""
