"""REFI-QDA files of other programs: theme lists (.qdc) and coded projects (.qdpx), as plain things."""
