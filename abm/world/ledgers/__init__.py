"""What is counted week by week: spending, circumstances, queues."""
