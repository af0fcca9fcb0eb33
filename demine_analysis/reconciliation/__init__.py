"""From printed figures to one weekly series with honest uncertainty.

A figure goes through the modules of this room in one direction: it is read as an interval with a
scope and days (`statements`), chosen for the scope that is asked for (`evidence`), placed on the
weekly grid (`placing`), and fitted together with all others (`fitting`). The `result` answers:
totals of any days, predictions, residuals. `rates` and `casualties` build on it.
"""
