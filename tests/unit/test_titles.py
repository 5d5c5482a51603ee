"""Job titles of the ROME, in both genders."""

import pytest

from knowledge_base.titles import both_genders, distinct_forms


@pytest.mark.parametrize(
    ("title", "masculine", "feminine"),
    [
        ("Conducteur / Conductrice d'engins", "Conducteur d'engins", "Conductrice d'engins"),
        ("Agent / Agente de sécurité (H/F)", "Agent de sécurité (H/F)", "Agente de sécurité (H/F)"),
        ("Chef de rang / Cheffe de rang", "Chef de rang", "Cheffe de rang"),
        ("Assistant maternel / Assistante maternelle", "Assistant maternel", "Assistante maternelle"),
        ("Responsable acheteur / acheteuse de mode", "Responsable acheteur de mode", "Responsable acheteuse de mode"),
        ("Valet / Femme de chambre", "Valet de chambre", "Femme de chambre"),
        ("Steward / Hôtesse de l'air", "Steward de l'air", "Hôtesse de l'air"),
        (
            "Monteur-vendeur en optique / Monteuse-vendeuse en optique",
            "Monteur-vendeur en optique",
            "Monteuse-vendeuse en optique",
        ),
    ],
)
def test_what_only_one_half_has_belongs_to_both(title: str, masculine: str, feminine: str) -> None:
    assert both_genders(title) == (masculine, feminine)


@pytest.mark.parametrize(
    ("title", "masculine", "feminine"),
    [
        ("Technicien(ne) support", "Technicien support", "Technicienne support"),
        ("Assistant(e) de gestion", "Assistant de gestion", "Assistante de gestion"),
        ("Chef(fe) d'équipe", "Chef d'équipe", "Cheffe d'équipe"),
        ("Conducteur(trice) de travaux", "Conducteur de travaux", "Conductrice de travaux"),
        ("Acheteur(se) d'art", "Acheteur d'art", "Acheteuse d'art"),
        ("Régleur(euse)", "Régleur", "Régleuse"),
        ("Agent(e) administratif(ve)", "Agent administratif", "Agente administrative"),
        ("Ouvrier(ère) polyvalent(e)", "Ouvrier polyvalent", "Ouvrière polyvalente"),
        ("Boulanger(ère)-traiteur(se)", "Boulanger-traiteur", "Boulangère-traiteuse"),
        ("Contremaître(sse) de fabrication", "Contremaître de fabrication", "Contremaîtresse de fabrication"),
        pytest.param("Infirmier(ière) de bloc", "Infirmier de bloc", "Infirmière de bloc"),
        pytest.param("Agent(e) administratif(ive)", "Agent administratif", "Agente administrative"),
        pytest.param("Responsable administratif(tive)", "Responsable administratif", "Responsable administrative"),
        pytest.param("Projeteur(teuse) bois", "Projeteur bois", "Projeteuse bois"),
    ],
)
def test_an_ending_between_parentheses_is_said_in_full(title: str, masculine: str, feminine: str) -> None:
    assert both_genders(title) == (masculine, feminine)


@pytest.mark.parametrize("title", ["Urbaniste Datacenter", "Styliste", "Études et développement informatique"])
def test_a_title_of_one_form_stays_as_it_is(title: str) -> None:
    assert both_genders(title) == (title,)


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Boulanger / Boulangère", ("Boulanger",)),
        ("Valet / Femme de chambre", ("Valet de chambre", "Femme de chambre")),
        ("Sage-femme / Maïeuticien", ("Sage-femme", "Maïeuticien")),
        ("Styliste", ("Styliste",)),
    ],
)
def test_a_second_form_is_kept_where_it_is_another_word(title: str, forms: tuple[str, ...]) -> None:
    assert distinct_forms(title) == forms
