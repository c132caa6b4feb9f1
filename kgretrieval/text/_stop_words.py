"""Function words that carry no topic, our own lists.

Short on purpose: BM25 gives frequent words little weight anyway, and a word dropped here cannot
be found. "us", "who", "will", "may" and "off" are not listed: in news they are also the US, the
WHO, a Will, a May.
"""

from __future__ import annotations

_ENGLISH = """
a about above after again against all also although am an and any are aren as at be because been before being below
between both but by can cannot could couldn did didn do does doesn doing don down during each either else ever every
for from further had hadn has hasn have haven having he her here hers herself him himself his how i if in into is isn
it its itself just ll me more most much must my myself neither no nor not of on once only onto or other others our
ours ourselves out over own re s same shan she should shouldn so some such t than that the their theirs them
themselves then there these they this those though through to too under until up upon ve very was wasn we were weren
what when where whether which while whom whose why with within without won would wouldn yet you your yours yourself
yourselves
"""

_GERMAN = """
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
bin bis bist da damit dann das dass dein deine deinem deinen deiner dem den denn der deren des dessen dich die dies
diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer eure
für gegen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in
indem ins ist ja jede jedem jeden jeder jedes jene jenem jenen jener jenes kann kein keine keinem keinen keiner
können könnte man manche manchem mancher mein meine meinem meinen meiner mich mir mit muss müssen nach nicht nichts
noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seines seit selbst sich sie sind so solche
solchem solchen solcher soll sollen sollte sondern sonst über um und uns unser unsere unter vom von vor während war
waren warum was wegen weil weiter welche welchem welchen welcher welches wenn wer werde werden wie wieder wir wird wo
wollen wurde wurden würde würden zu zum zur zwar zwischen
"""

#: Stop words by language, in natural spelling.
STOP_WORDS: dict[str, tuple[str, ...]] = {
    "en": tuple(_ENGLISH.split()),
    "de": tuple(_GERMAN.split()),
}
