"""What is counted week by week besides the log: spending, circumstances, queues.

Counting changes nothing. The phase `record` calls it.
"""
