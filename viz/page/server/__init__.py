"""The server of the page: who is let in, what is answered, who makes runs and when."""
