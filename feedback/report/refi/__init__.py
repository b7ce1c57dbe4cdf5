"""REFI-QDA: a theme list as .qdc, a coded study as .qdpx, as NVivo, MAXQDA, ATLAS.ti, QualCoder read them."""
