"""One small valid source of each format, of which every row is taken: what the fuzz tests begin with."""

LHEO = """<?xml version="1.0" encoding="UTF-8"?>
<lheo xmlns="http://www.lheo.org/2.2"><offres><formation numero="F1" datemaj="20250110">
<domaine-formation><code-ROME>F1604</code-ROME></domaine-formation>
<intitule-formation>Pose de plaques de plâtre</intitule-formation>
<objectif-formation>&lt;p&gt;Monter des &lt;b&gt;cloisons&lt;/b&gt;.&lt;/p&gt;</objectif-formation>
<certifiante>1</certifiante><code-niveau-entree>4</code-niveau-entree>
<certification><code-RNCP>37275</code-RNCP></certification><code-niveau-sortie>14</code-niveau-sortie>
<action numero="A1"><code-public-vise>80009</code-public-vise>
<niveau-entree-obligatoire>1</niveau-entree-obligatoire><modalites-enseignement>0</modalites-enseignement>
<lieu-de-formation><coordonnees><ligne>Atelier</ligne><adresse><ligne>3 rue des Fleurs</ligne>
<codepostal>59300</codepostal><ville>VALENCIENNES</ville><geolocalisation><latitude>50.357</latitude>
<longitude>3.523</longitude></geolocalisation></adresse></coordonnees></lieu-de-formation>
<modalites-entrees-sorties>0</modalites-entrees-sorties>
<url-action><urlweb>https://exemple.fr/a1</urlweb></url-action>
<session><periode><debut>20260907</debut><fin>20270226</fin></periode><etat-recrutement>1</etat-recrutement>
<extras info="eligibilite-cpf"><extra info="fin-validite">20271231</extra></extras></session>
<prix-total-TTC>1200.50</prix-total-TTC><nombre-heures-total>600</nombre-heures-total></action>
<organisme-formation-responsable><raison-sociale>Le Chantier</raison-sociale></organisme-formation-responsable>
</formation></offres></lheo>
"""
RNCP_XML = """<?xml version="1.0" encoding="UTF-8"?>
<FICHES><FICHE><ID_FICHE>1</ID_FICHE><NUMERO_FICHE>RNCP12</NUMERO_FICHE><INTITULE>Tonnelier</INTITULE>
<ABREGE><CODE>CAP</CODE></ABREGE><ACTIF>Oui</ACTIF><ETAT_FICHE>Publiée</ETAT_FICHE>
<CODES_ROME><ROME><CODE>H2901</CODE></ROME></CODES_ROME><SI_JURY_CA>Oui</SI_JURY_CA>
<NOMENCLATURE_EUROPE><NIVEAU>NIV3</NIVEAU><INTITULE>Niveau 3</INTITULE></NOMENCLATURE_EUROPE>
<OBJECTIFS_CONTEXTE>&lt;p&gt;Faire des tonneaux&lt;/p&gt;</OBJECTIFS_CONTEXTE>
<STATISTIQUES_PROMOTIONS><STATISTIQUES_PROMOTION><ANNEE>2021</ANNEE>
<TAUX_INSERTION_GLOBAL_6MOIS>80</TAUX_INSERTION_GLOBAL_6MOIS></STATISTIQUES_PROMOTION></STATISTIQUES_PROMOTIONS>
<DATE_FIN_ENREGISTREMENT>31/08/2028</DATE_FIN_ENREGISTREMENT></FICHE></FICHES>
"""
OPENAGENDA = """{"results": [
{"uid": "52", "title_fr": "Forum des métiers", "description_fr": "Venez rencontrer des <b>pros</b>.",
"location_name": "Halle", "location_address": "1 rue Neuve, 59300 Valenciennes", "location_city": "Valenciennes",
"location_postalcode": "59300", "location_insee": "59606", "location_coordinates": {"lat": 50.357, "lon": 3.523},
"timings": "[{\\"begin\\": \\"2026-05-18T09:00:00+02:00\\", \\"end\\": \\"2026-05-18T17:00:00+02:00\\"}]",
"status": 1, "attendancemode": 1, "age_min": 14, "age_max": 25, "updatedat": "2026-02-01T10:00:00+00:00",
"conditions_fr": "Gratuit", "canonicalurl": "https://exemple.fr/e"}
]}
"""
MES_EVENEMENTS = """{"id": "7", "ville": "Ermont", "codePostal": "95120", "longitude": 2.25, "latitude": 48.98,
"description": "Pour découvrir un métier.", "titre": "Devenir conseiller", "typeEvenement": "Réunion d'information",
"dateTimeDebut": "2026-06-15T10:00:00.000+00:00", "dateTimeFin": "2026-06-15T13:00:00.000+00:00",
"modalites": ["en physique"], "codesRome": ["K1801"], "nombrePlacesTotalPresentiel": 12,
"nombreInscritsPresentiel": 8, "url": "https://exemple.fr/7"}
"""
ICS = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Agenda du CIO
BEGIN:VEVENT
UID:1@exemple.fr
DTSTART;TZID=Europe/Paris:20260518T100000
DTEND;TZID=Europe/Paris:20260518T120000
RRULE:FREQ=WEEKLY;COUNT=3
EXDATE;TZID=Europe/Paris:20260525T100000
SUMMARY:Atelier CV
DESCRIPTION:Apporte ton CV\\, on le relit.
LOCATION:CIO\\, 12 rue Neuve\\, 54000 Nancy
GEO:48.69;6.18
CATEGORIES:Atelier
URL:https://exemple.fr/cv
LAST-MODIFIED:20260201T100000Z
END:VEVENT
END:VCALENDAR
"""
JSONLD = """{"@context": "https://schema.org", "@graph": [{"@type": "Event", "@id": "https://exemple.fr/1",
"name": "Portes ouvertes", "description": "Viens voir.", "startDate": "2026-05-18T10:00:00+02:00",
"endDate": "2026-05-18T17:00:00+02:00", "eventStatus": "https://schema.org/EventScheduled",
"eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode", "url": "https://exemple.fr/1",
"location": {"@type": "Place", "name": "Lycée", "geo": {"latitude": 48.69, "longitude": 6.18},
"address": {"streetAddress": "1 rue A", "postalCode": "54000", "addressLocality": "Nancy"}}}]}
"""
STRUCTURES = """id,nom,description,commune,code_postal,code_insee,latitude,longitude,telephone,date_maj,reseaux_porteurs
s1,Le Relais,Un lieu,Lille,59000,59350,50.63,3.06,+33320000000,2026-01-15,"['mission-locale']"
"""
SERVICES = """id,structure_id,nom,description,type,thematiques,publics,frais,modes_accueil,date_maj,date_suspension
v1,s1,Atelier CV,Un CV,atelier,['se-former--trouver-sa-formation'],jeunes,gratuit,a-distance,2026-01-20,2026-12-31
"""
ROME = {
    "referentiel_code_rome": "code_rome,libelle_rome,code_rome_parent\nH2901,Tonnellerie,H2901\nH2902,Forge,H2902\n",
    "referentiel_code_rome_riasec": "code_rome,riasec_majeur,riasec_mineur\nH2901,R,A\n",
    "referentiel_appellation": "code_rome,libelle_appellation_long\nH2901,Tonnelier / Tonnelière\n",
    "texte": "code_rome,libelle_type_texte,libelle_texte\nH2901,definition,Fait des tonneaux d''exception\n",
    "rubrique_mobilite": "code_rome,code_rome_cible,numero_ordre\nH2901,H2902,1\n",
    "arborescence_centre_interet": "code_rome,libelle_centre_interet,principal\nH2901,Le bois,Oui\n",
}
RNCP = {
    "Standard": "Numero_Fiche;Intitule;Abrege_Libelle;Nomenclature_Europe_Niveau;Nomenclature_Europe_Intitule;"
    "Date_Fin_Enregistrement;Actif\nRNCP12;Tonnelier;CAP;NIV3;Niveau 3;31/08/2028;ACTIVE\n",
    "Rome": "Numero_Fiche;Codes_Rome_Code\nRNCP12;H2901\n",
    "Certificateurs": "Numero_Fiche;Nom_Certificateur\nRNCP12;MINISTERE DE L'AGRICULTURE\n",
    "VoixdAcces": "Numero_Fiche;Si_Jury\nRNCP12;En contrat d'apprentissage\n",
    "Formacode": "Numero_Fiche;Formacode_Libelle\nRNCP12;22454 : Tonnellerie\n",
    "Nsf": "Numero_Fiche;Nsf_Intitule\nRNCP12;234 : Travail du bois\n",
}
ONISEP_ACTION = {
    "Action De Formation Af Identifiant Onisep": "AF.5",
    "Formation For Libelle": "BTS électrotechnique",
    "Lieu Denseignement Ens Libelle": "Lycée Curie",
    "Ens Commune": "Rennes",
    "Ens Code Postal": "35703",
    "Ens Latitude": "48.12",
    "Ens Longitude": "-1.64",
    "For Niveau De Sortie": "bac + 2",
    "For Indexation Domaine Web Onisep": "mécanique/automatismes| électricité/électrotechnique",
    "Af Duree Cycle Standard": "2 ans",
    "Af Modalites Scolarite": "temps plein, cours en présentiel",
    "Af Date De Modification": "06/06/2020",
    "Af Cout Scolarite": "2700 euros en 2025",
    "Af Page Web": "https://exemple.fr/bts",
}
ONISEP_SCHOOL = {
    "Code Uai": "0542526C",
    "Type Detablissement": "lycée",
    "Nom": "Lycée Curie",
    "Cp": "54035",
    "Commune": "Nancy",
    "Commune Cog": "54395",
    "Longitude X": "6.19",
    "Latitude Y": "48.68",
    "Arrondissement": "",
    "Langues Enseignees": "anglais, espagnol",
    "Journees Portes Ouvertes": "le 31/01/2026 de 09h00 à 16h00 (sur inscription) voir https://exemple.fr",
}
ONISEP_TRAINING = {
    "libellé formation principal": "CAP tonnellerie",
    "libellé type formation": "certificat d'aptitude professionnelle",
    "libellé niveau RNCP": "niveau 3 (CAP)",
    "code RNCP": "12",
    "durée": "2 ans",
    "sigle formation": "",
    "domaine/sous-domaine": "bois/tonnellerie",
    "lien site onisep.fr": "http://www.onisep.fr/http/redirection/formation/slug/FOR.69",
}
KIT = {
    "Code_Diplome": "32031313",
    "Intitulé diplôme (DEPP)": "BANQUE (BTS)",
    "Code_RNCP": "RNCP38381",
    "Niveau fiche RNCP": "Niveau 5",
    "Abrégé de diplôme (RNCP)": "BTS",
    "Dernière MaJ": "CI-18122023",
    "Accès à l'apprentissage de la fiche RNCP (oui/non)": "oui",
    "Date d'échéance de la fiche RNCP": "31/12/2028",
    "Fiche ACTIVE/INACTIVE": "ACTIVE",
}
CPF = {
    "formation.title": "Conduite d'engins",
    "formation.proximiteRomes.code": "A1101",
    "duration": "150",
    "totalPriceTTC": "1428.0",
    "address.postalCode": "65500",
    "formation.specificCondition": "Permis B",
    "formation.codeModaliteEnseign": "0",
}
PLAIN = {
    "type": "forum",
    "identifiant": "7",
    "titre": "Forum des métiers",
    "source": "Asso",
    "commune": "Lille",
    "code postal": "59000",
    "date": "du 12 au 14 mars 2026",
    "heures": "10h-17h",
    "âge min": "14",
    "places": "120",
    "latitude": "50,63",
    "longitude": "3,06",
    "codes rome": "H2901",
    "inscription obligatoire": "oui",
}
ANNUAIRE = {
    "id": "cio-59606-01",
    "type": "cio",
    "name": "CIO - Valenciennes",
    "insee": "59606",
    "adresse": "45 rue de Mons - BP 12,59300,Valenciennes",
    "code_postal": "59300",
    "ville": "Valenciennes Cedex",
    "telephone": "03 27 00 00 00",
    "site": "www.cio.example",
    "lat_commune": "50.36",
    "lon_commune": "3.52",
}
LAPOSTE = {
    "Code_commune_INSEE": "59606",
    "Nom_commune": "VALENCIENNES",
    "Code_postal": "59300",
    "Ligne_5": "SAINT WAAST",
    "coordonnees_gps": "50.357, 3.523",
}


def table(row: dict[str, str], delimiter: str = ";") -> str:
    """Write a CSV file of one row."""
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in (row, row.values()))
    return "\n".join(quoted) + "\n"


SEEDS: dict[str, dict[str, str]] = {
    "rome": {f"unix_{part}_v460_utf8.csv": text for part, text in ROME.items()},
    "onisep-formations": {"ideo.csv": table(ONISEP_TRAINING)},
    "onisep-actions": {"actions.csv": table(ONISEP_ACTION)},
    "onisep-etablissements": {"ecoles.csv": table(ONISEP_SCHOOL)},
    "rncp": {f"export_fiches_CSV_{part}_2026.csv": text for part, text in RNCP.items()},
    "kit-apprentissage": {"kit.csv": table(KIT)},
    "lheo": {"offre.xml": LHEO},
    "cpf": {"cpf.csv": table(CPF, ",")},
    "openagenda": {"events.json": OPENAGENDA},
    "mes-evenements": {"event.json": MES_EVENEMENTS},
    "ics": {"agenda.ics": ICS.replace("\n", "\r\n")},
    "jsonld": {"events.json": JSONLD},
    "csv": {"sorties.csv": table(PLAIN)},
    "annuaire": {"annuaire.csv": table(ANNUAIRE, ",")},
    "data-inclusion": {"structures.csv": STRUCTURES, "services.csv": SERVICES},
    "laposte": {"hexasmal.csv": table(LAPOSTE)},
}
# A second kind of file that a format reads.
SEEDS_TOO = {"rncp": {"export_fiches.xml": RNCP_XML}}
