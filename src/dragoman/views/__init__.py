"""Questions over the record: what an analyst asks, answered from its events and their words."""
