"""Languages by their ISO 639-1 codes, and what each family of translators calls them."""

from __future__ import annotations

from typing import NamedTuple

from textaug.errors import unknown


class Language(NamedTuple):
    """A language under the names that are in use.

    Attributes:
        code: ISO 639-1; M2M-100 and LibreTranslate know it under this name.
        flores: the code of FLORES-200, which NLLB knows it under.
        name: its English name, as in a prompt.
        others: what else it is called: in the names of models, and in their target tokens.
    """

    code: str
    flores: str
    name: str
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return all codes of the language, the most telling ones first."""
        return (*self.others, self.flores.partition("_")[0], self.code, self.flores)


_CHINESE = ("cmn_Hans", "zh_CN", "zh-Hans", "cmn", "zho_Hans", "zho")
_TABLE = """
af afr_Latn Afrikaans|ar arb_Arab Arabic ara|bg bul_Cyrl Bulgarian|bn ben_Beng Bengali|ca cat_Latn Catalan
cs ces_Latn Czech|da dan_Latn Danish|de deu_Latn German|el ell_Grek Greek|en eng_Latn English|eo epo_Latn Esperanto
es spa_Latn Spanish|et est_Latn Estonian|eu eus_Latn Basque|fa pes_Arab Persian fas|fi fin_Latn Finnish
fr fra_Latn French|ga gle_Latn Irish|gl glg_Latn Galician|he heb_Hebr Hebrew|hi hin_Deva Hindi|hr hrv_Latn Croatian
hu hun_Latn Hungarian|id ind_Latn Indonesian|is isl_Latn Icelandic|it ita_Latn Italian|ja jpn_Jpan Japanese
ko kor_Hang Korean|lt lit_Latn Lithuanian|lv lvs_Latn Latvian lav|mk mkd_Cyrl Macedonian|ms zsm_Latn Malay msa
nb nob_Latn Norwegian no|nl nld_Latn Dutch|oc oci_Latn Occitan|pl pol_Latn Polish|pt por_Latn Portuguese
ro ron_Latn Romanian|ru rus_Cyrl Russian|sk slk_Latn Slovak|sl slv_Latn Slovenian|sq als_Latn Albanian sqi
sr srp_Cyrl Serbian|sv swe_Latn Swedish|sw swh_Latn Swahili swa|ta tam_Taml Tamil|th tha_Thai Thai
tr tur_Latn Turkish|uk ukr_Cyrl Ukrainian|ur urd_Arab Urdu|vi vie_Latn Vietnamese
"""
_LINES = (line.split() for line in _TABLE.replace("|", "\n").splitlines() if line)
LANGUAGES = {code: Language(code, flores, name, tuple(others)) for code, flores, name, *others in _LINES}
LANGUAGES["zh"] = Language("zh", "zho_Hans", "Simplified Chinese", _CHINESE)
_CODES = {name.lower(): language.code for language in LANGUAGES.values() for name in language.names}


def code_of(name: str) -> str | None:
    """Return the ISO 639-1 code of a language under any of its codes, None if it is none.

    >>> code_of("zho"), code_of("eng_Latn"), code_of("de"), code_of("ROMANCE")
    ('zh', 'en', 'de', None)
    """
    return _CODES.get(name.lower())


def language(code: str) -> Language:
    """Return a language by any of its codes.

    >>> language("zh").flores
    'zho_Hans'

    Raises:
        UsageError: there is none of this name in the table.
    """
    found = code_of(code)
    if found is None:
        raise unknown("language", code, LANGUAGES, remedy="Languages go by their ISO 639-1 codes")
    return LANGUAGES[found]


def names_of(code: str) -> tuple[str, ...]:
    """Return the codes under which a model may know a language, the one that was given first.

    A code that the table does not have, as of a dialect, is handed to the model as it is: it may know it.

    >>> names_of("yue_Hant"), names_of("fr")
    (('yue_Hant',), ('fr', 'fra', 'fra_Latn'))
    """
    found = code_of(code)
    return (code,) if found is None else tuple(dict.fromkeys((code, *LANGUAGES[found].names)))
