"""Link truth: which links an entry has, what can be said of them unasked, and what became of them when asked.

collect (entries -> links) -> syntax, hosts (what needs no network) -> check (the run) -> verdict (the closed list)
"""
