"""Lines -> turns: labels, times, speakers and roles, whichever format the lines came from."""
