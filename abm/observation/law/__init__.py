"""Tables of what the law and its places do: removals, procedures, agreements, shelter."""
