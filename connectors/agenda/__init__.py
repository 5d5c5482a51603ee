"""The public agenda: events and places by date, theme and distance, as a page, as data, on posters."""
