"""How households weigh their options, and what follows from a choice.

`variables` says what adults weigh, `weighing` what each option is worth, `hazards` what happens
without a choice. When households weigh, and when they act, is in the phase `weigh`.
"""
