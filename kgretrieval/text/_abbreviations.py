"""Abbreviations of English and German news prose, in lower case and without their final full stop."""

from __future__ import annotations

_TITLES = """
adm brig capt cmdr col cpl dr esq fr gen gov hon jr lt maj messrs mr mrs ms mx pres prof rep reps rev sen sens
sgt sr st supt ste
"""

_ENGLISH = """
a.d a.m a.k.a ala approx apr assn assoc asst aug ave b.a b.c b.sc bldg blvd bros c.e.o calif cf co colo conn corp
ct d.c dec del dept dist e.g ed eds est etc f.b.i feb fla ft ga gov't hwy i.e ill inc incl ind int'l intl jan jul
jun kan ky l.a ltd m.a m.d m.sc mass mich minn misc mt mr mtn n.c n.d n.h n.j n.m n.y nat'l natl nebr nev nov oct
okla op ore p.m p.s pa penn ph.d pl pp pvt r.i rd s.c s.d sept sep tenn tex u.k u.n u.s u.s.a u.s.s.r univ v va viz
vol vols vs vt w.va wash wis wyo
"""

_GERMAN = """
abb abf abk abs abt allg amtl anm apr aufl aug az bd bes betr bhf bspw btl bzgl bzw ca chr d.h d.i d.j dergl dez dgl
dipl dipl.-ing dr d.r e.v ebd ehem eigtl einschl engl etc ev evtl exkl feb febr fr franz gebr gegr gem ges gest
gez ggf ggfs hbf hg hl hr hrn hrsg i.a i.d.r i.v ing inkl inh insb insbes jan jh jhd jkr jun jr kath kfm kl lat lt
m.e mag max med min mind mio mrd msgr mtl n.chr nov o.ä o.g okt p.a phil pl plz priv prof pst rd red reg rer resp s.o
s.u sek sen sep sept sog st std stellv str tel tgl u.a u.ä u.s.w u.u u.v.m urspr usf usw v.a v.chr verh vgl vorm
vors wg z.b z.t z.zt zzgl zt zz
"""

_ENGLISH_STARTERS = """
a after although an and another as at both but by despite during each for from he her here his how however i if in
instead it its last many meanwhile more most no on one other our she since so some such that the their then there
these they this those though to today under until we what when where while why with yet you
"""

_GERMAN_STARTERS = """
aber alle als am an auch auf bei bis da damit dann das dass dem den denn der deshalb die dies diese dieser doch dort
ein eine einen einer er es für gegen heute hier ich ihr ihre im in jetzt kein mit nach nicht noch nun nur ob sein
seine seit sie so trotz um und unter viele vom von vor während was weil wenn wer wie wir wo zu zum zur zwar
"""

#: Abbreviations that do not end a sentence, by language.
ABBREVIATIONS: dict[str, frozenset[str]] = {
    "en": frozenset((_TITLES + _ENGLISH).split()),
    "de": frozenset((_TITLES + _GERMAN).split()),
}

#: Words that begin a sentence when they stand in upper case behind an abbreviation ("in the U.S. The ...").
SENTENCE_STARTERS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH_STARTERS.split()),
    "de": frozenset(_GERMAN_STARTERS.split()),
}
