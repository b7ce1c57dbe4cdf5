"""Interviews that documents quote from, and the people who gave them."""

FIRST = """Interviewer: Why did you leave, and what would have kept you there?
Participant: I did not leave because of the money, I left because I was holding thirty-one families. Um,
nobody ever asked me how it was. My manager Moira Tench said it was a well-being matter. I wasn't sleeping
very well.
Interviewer: Mm.
Participant: And then I handed in my notice on a Monday, with 14 reports still open on my desk.
Interviewer: Would you come back to it if the caseload was smaller than that?
Participant: Would I go back? Not to that team. The families were never the hard part of the job for me.
"""
SECOND = """Interviewer: And how was it for you in the second year?
Participant: Supervision was cancelled five weeks running and I stopped putting it in the diary. The families
were lovely to me the whole way through. I loved the work and I would do it again tomorrow.
"""
NEVER = """Interviewer: Can you tell me about the office where you worked?
Participant: The office flooded twice and we sat in our coats until the spring came round again.
"""
PEOPLE = [
    {"case_id": f"P{n:02d}", "consent": "publication", "leaver": "yes" if n % 2 else "no",
     "role": "social worker", "cohort": "2018" if n < 9 else "2021",
     "region": "London" if n == 1 else "North West"}
    for n in range(1, 17)
]  # fmt: skip
