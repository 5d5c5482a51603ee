"""What counsellors keep by forms: events, trainings, places, campaigns, and the files that they import."""
