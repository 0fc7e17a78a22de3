"""Those who help, press and pay: schemes, organisations, case managers.

It holds what is open to a household, whom an organisation can reach, and what a case manager
does with a file. The meetings themselves are in `meetings`, after the state.
"""
