"""A commons comes in; the five doors and the pages behind them go out."""
