"""Pages that check a service request before it is sent. What is given is answered for, and not kept."""
