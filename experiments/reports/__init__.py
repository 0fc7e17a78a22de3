"""What commands print and write for readers: reports, lists, pages, the paper kit."""
