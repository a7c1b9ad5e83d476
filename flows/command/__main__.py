"""`python -m flows.command` is `csp`, for environments whose scripts are not on the path."""

from flows.command import main

if __name__ == "__main__":
    main()
