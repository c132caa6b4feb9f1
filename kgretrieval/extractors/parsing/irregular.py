"""English words whose base forms no rule of spelling gives."""

from __future__ import annotations

# Base form, then its other forms.
_VERBS = """
be am is are was were been being 's 'm 're ai s m re r `s i're ur art; have has had having 've hath ve; do does did
done doing; will wo 'll; can ca; would 'd; shall sha; go goes went gone gon; get got gotten getting; say said says;
make made; take took taken; come came; see saw seen; know knew known; give gave given; find found; think thought; tell
told; become became; leave left; feel felt; put putting; bring brought; begin began begun beginning; keep kept; hold
held; write wrote written; stand stood; hear heard; let letting; mean meant; set setting; meet met; run ran running;
pay paid; sit sat sitting; speak spoke spoken; lie lay lain lying; lead led; read reading; grow grew grown; lose lost
losing; fall fell fallen; send sent; build built; understand understood; draw drew drawn; break broke broken; spend
spent; cut cutting; rise rose risen; drive drove driven; buy bought; wear wore worn; choose chose chosen; seek sought;
throw threw thrown; catch caught; deal dealt; win won winning; forget forgot forgotten; lay laid; sell sold; fight
fought; bear bore borne born; teach taught; eat ate eaten; sing sang sung; strike struck stricken; hang hung; shake
shook shaken; ride rode ridden; feed fed; shoot shot shooting; drink drank drunk; hit hitting; arise arose arisen; fly
flew flown; spread spreading; sleep slept; cost costing; beat beaten beating; light lit; bind bound; cast casting;
hide hid hidden; swing swung; shut shutting; hurt hurting; steal stole stolen; swear swore sworn; sink sank sunk;
freeze froze frozen; bite bit bitten; tear tore torn; blow blew blown; dig dug; ring rang rung; split splitting;
withdraw withdrew withdrawn; undergo undergoes underwent undergone; overcome overcame; sweep swept; swim swam swum;
bend bent; lend lent; stick stuck; wake woke woken; forgive forgave forgiven; undertake undertook undertaken; weep
wept; shine shone; flee fled; breed bred; bleed bled; cling clung; creep crept; forbid forbade forbidden; grind
ground; kneel knelt; leap leapt; learn learnt; burn burnt; dream dreamt; spell spelt; spill spilt; spoil spoilt;
mistake mistook mistaken; overthrow overthrew overthrown; oversee oversaw overseen; foresee foresaw foreseen; uphold
upheld; withhold withheld; withstand withstood; mislead misled; misunderstand misunderstood; outdo outdid outdone;
overtake overtook overtaken; overrun overran; rebuild rebuilt; repay repaid; resell resold; rewrite rewrote rewritten;
undo undid undone; quit quitting; rid ridding; slide slid; sling slung; spin spun spinning; spit spat; spring sprang
sprung; sting stung; stink stank stunk; strive strove striven; tread trod trodden; weave wove woven; wind wound; wring
wrung; slay slew slain; shrink shrank shrunk; show shown; sew sewn; sow sown; swell swollen; prove proven; mow mown;
die dying; tie tying; vie vying; bid bidding; burst bursting; broadcast broadcasting; forecast forecasting; upset
upsetting; bet betting; fit fitting; knit knitting; shed shedding; thrust thrusting; rebut rebutting; focus focused
focusing focuses; travel traveled travelled; cancel canceled cancelled; panic panicked; traffic trafficked
trafficking; picnic picnicked; mimic mimicked; program programmed programming; bus bussed; gas gassed; plead pled;
speed sped; stay stayed; age aging aged; die died dies; tie tied ties; lie lied lies; need needed; exceed exceeded;
proceed proceeded; succeed succeeded; seem seemed; free freed; agree agreed; guarantee guaranteed; decree decreed;
disagree disagreed; use using used; singe singed; dye dyeing; eye eyeing eyed; see seeing; flee fleeing; refer
referred referring; occur occurred occurring; prefer preferred preferring; transfer transferred transferring; confer
conferred; defer deferred; deter deterred; incur incurred; recur recurred; stir stirred; blur blurred; bar barred; war
warring; star starred; add added adding; err erred erring; bias biased; process processed processes; access accessed
accesses; address addresses; miss missed; quiz quizzed; wanna; edit edited; visit visited; ban banned; want wan; echo
echoes; veto vetoes; catch catches
"""
_NOUNS = """
man men; woman women; child children; foot feet; tooth teeth; goose geese; mouse mice; louse lice; ox oxen; wife
wives; life lives; knife knives; half halves; leaf leaves; wolf wolves; thief thieves; shelf shelves; self selves;
calf calves; loaf loaves; scarf scarves; elf elves; hoof hooves; crisis crises; analysis analyses; basis bases; thesis
theses; hypothesis hypotheses; diagnosis diagnoses; oasis oases; axis axes; emphasis emphases; parenthesis
parentheses; synthesis syntheses; criterion criteria; phenomenon phenomena; bacterium bacteria; curriculum curricula;
memorandum memoranda; stimulus stimuli; alumnus alumni; cactus cacti; nucleus nuclei; fungus fungi; index indices
indexes; matrix matrices; appendix appendices; vertex vertices; virus viruses; bus buses; bonus bonuses; campus
campuses; census censuses; status statuses; gas gases; lens lenses; focus focuses; process processes; address
addresses; access accesses; business businesses; loss losses; class classes; glass glasses; boss bosses; mess messes;
house houses; horse horses; nurse nurses; course courses; purse purses; cause causes; case cases; base bases; phase
phases; phrase phrases; purchase purchases; increase increases; decrease decreases; release releases; disease
diseases; lease leases; purpose purposes; response responses; expense expenses; offense offenses; license licenses;
sense senses; defense defenses; hero heroes; potato potatoes; tomato tomatoes; echo echoes; veto vetoes; shoe shoes;
toe toes; tie ties; pie pies; lie lies; movie movies; cookie cookies; rookie rookies; zombie zombies; calorie
calories; prairie prairies; series; species; means; news; headquarters; politics; economics; physics; athletics;
mathematics; sports; statistics; ethics; lens; mr; mrs; pants; scissors; thanks; goods; clothes; trousers; glasses;
outskirts; proceeds; surroundings; ashes; belongings; earnings; savings; kudos; regards; gallows; barracks;
crossroads; pizza pizzas; ax axes; quiz quizzes; match matches; cache caches; headache headaches; niche niches; axe
axes; ache aches; gps; aids; sms; dvds; penny pennies pence; die dice; passer-by passers-by; cos ; media; data; pm;
am; etc; lb lbs; savings; contents; supplies; manners; grounds; troops; communications
"""
_ADJECTIVES = """
good better best; bad worse worst; far farther farthest; more; most; less; least; little; further; eager; other;
outer; upper; proper; clever; former; bitter; tender; sober; super; late later latest; big bigger biggest; hot hotter
hottest; fat fatter fattest; thin thinner thinnest; sad sadder saddest; red redder reddest; wet wetter wettest; free
freer freest; early earlier earliest; old older oldest elder eldest; large larger largest; wide wider widest; close
closer closest; nice nicer nicest; safe safer safest; strange stranger strangest; simple simpler simplest; fine finer
finest; white whiter whitest; rare rarer rarest; cheap cheaper cheapest; strong stronger strongest; young younger
youngest; long longer longest; high higher highest; few fewer fewest; soon sooner soonest; small smaller smallest;
tall taller tallest; full fuller fullest; not n't nt; never; well; clear clearer clearest
"""
_CLITICS = """
a an; not n't nt; to ta na; this these; that those; because cuz coz 'cause; through thru; 's '
"""


def _forms(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in table.replace("\n", " ").split(";"):
        base, *forms = entry.split()
        for form in (*forms, base):
            found.setdefault(form, base)
    return found


VERBS, NOUNS, ADJECTIVES, CLITICS = map(_forms, (_VERBS, _NOUNS, _ADJECTIVES, _CLITICS))
#: By the form and whether it is a possessive determiner.
PRONOUNS = {
    (form, possessive): base
    for base, forms, possessives in (
        ("i", "i me", ""),
        ("he", "he him", ""),
        ("she", "she her", ""),
        ("we", "we us 's", ""),
        ("they", "they them 'em", ""),
        ("it", "it", ""),
        ("this", "these", ""),
        ("that", "those", ""),
        ("who", "who", ""),
        ("her", "", "her"),
        ("you", "you ya u", ""),
        ("one", "ones", ""),
        ("other", "others", ""),
    )
    for words, possessive in ((forms, False), (possessives, True))
    for form in words.split()
}
