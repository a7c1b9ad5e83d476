"""What keeps the schedule going: due times, the record of scheduled runs, and the supervisor."""
