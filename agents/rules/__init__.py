"""Rules of the model as pure functions of arrays: no state, no draws, every number an argument."""
