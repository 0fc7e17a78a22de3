"""The world that persons live in, week by week.

What all rooms below call by the same name:

* `world`: a `Moment`, the state of the world in one week, which can be read; or a `World`, which
  is a `Moment` with the few methods that change lives. Phases get a `World`.
* `world.people`: the columns of persons, one row for each. `rows` are indices into them (intp,
  shape (n,)), and other arrays of shape (n,) stand in the order of `rows`. Rows move when persons
  are added or dropped, so nothing keeps them; the members of a household stand side by side.
* `now`: `Values`, the values in force this week: the evidence with the overrides of the scenario.
  Each is read by the name of its record and has the unit of its record.
* `registry`: the evidence, records and tables, from which a model is made.
* `week`: ISO weeks since Monday 1 January 2001. `scale`: real persons for each simulated one.
* A draw is keyed: it depends on the seed, the decision, the week and the person or household, and
  on nothing drawn before. So a change to one household changes no draw of another (`chance`).
* Nobody weighs if the switch `decision` is `hazards` (`world.weighs` is False): fixed hazards
  decide then, and columns of states, beliefs and help stay 0.

The rooms, in the order of dependence; each imports only from those before it:

1. `calendar`, `values`, `chance`, `blocks`, `matching`, `switches` (the contested mechanisms),
   `countries` (of origin), `scenario`: need no persons;
2. `persons`: the columns of persons, and persons as Mesa agents;
3. `events`: the log;
4. `moment`, `arrivals`: the state of a week; who enters, and what they bring;
5. `help`, `ties`: schemes, organisations and case managers; ties between households, and news;
6. `decision`, `returns`: how households weigh their options; what becomes of those who return;
7. `state`: the `World`, with the only ways in which a life changes;
8. `lives`, `meetings`, `ledgers`: what a week does to lives; talks and sessions; what is counted;
9. `phases`, `plan`, `model`: the thirteen phases, their order, and the model that runs them.
"""
