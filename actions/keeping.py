"""What asks that nothing be forgotten: « recommence pas tout », « oublie pas que j'habite à Dole »."""

import re

STARTS_OVER = r"(?:re ?commenc\w*|effac\w*|oubli\w*|re ?part\w*|re ?demarr\w*|perd\w*|re ?fai\w*)"
KEEPS = re.compile(
    rf"\b(?:{STARTS_OVER}|zero) (?:surtout )?(?:pas|rien)\b|\b(?:sans|pas) (?:tout |me faire )?{STARTS_OVER}"
)
