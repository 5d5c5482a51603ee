"""The pages that the server writes for the agenda: those of `connectors.templating`, with dates and texts at hand."""

from connectors import texts
from connectors.agenda import dates
from connectors.templating import ENVIRONMENT

TEMPLATES = ENVIRONMENT.overlay()
TEMPLATES.globals = {**ENVIRONMENT.globals, "dates": dates, "texts": texts}
