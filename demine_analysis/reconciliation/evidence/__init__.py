"""The figures that speak of a scope, and whose work and which days each of them counts.

Prints of one figure become one (`joining`), totals without a first day become what they grew by
(`running_totals`), and the figures of a scope are gathered (`gathering`) with the operators that
they count (`operators`), the parts of the work (`parts`) and the days that really count (`days`).
"""
