"""Who enters, when, and what they bring.

`inflow` derives once how many persons enter, `newcomers` makes households of them, and
`endowment` draws their states and beliefs. The phase `arrive` adds them to the world.
"""
