"""The tokenizer: words as patients type them, with 'I.B.M.' whole and 'and/or' in two."""

import re
from collections.abc import Iterable

from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex

_INFIXES = (
    r"(?<=[A-Za-z])[/&+](?=[A-Za-z])",
    r"(?<=[A-Za-z0-9])[?!;:]+(?=[A-Za-z])",
    r"(?<=[a-z]{3})\.(?=[A-Za-z]{3})",
    r"(?<=[A-Za-z])[,.]{2,}(?=[A-Za-z])",
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[\w.-]+\.(?:org|com|gov|net|edu|info|uk|ie|au|ca)\b\S*",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?:[A-Za-z]{1,4}\.)+[A-Za-z]?|\w+(?:['.]\w+)+")
_ABBREVIATIONS = ("dr.", "mr.", "mrs.", "ms.", "e.g.", "i.e.", "etc.", "vs.", "approx.", "st.")


def set_up_tokenizer(nlp: Language, forms: Iterable[str]) -> None:
    """Adapt spaCy's English tokenizer: contractions stay whole, dotted forms too."""
    tokenizer = nlp.tokenizer
    infixes = [*nlp.Defaults.infixes, *_INFIXES]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.url_match = _ADDRESS.match
    tokenizer.rules = {}
    dotted = {form for form in forms if " " not in form and "." in form and _DOTTED.match(form)}
    for form in sorted(dotted | set(_ABBREVIATIONS)):
        for spelling in {form, form.lower(), form.upper(), form.capitalize()}:
            tokenizer.add_special_case(spelling, [{ORTH: spelling}])
