"""Words that say how a statement is put: verbs of saying, hedges, denials.

After the idea of lexicons of factuality: R. Saurí and J. Pustejovsky, "FactBank: a corpus annotated with event
factuality" (Language Resources and Evaluation 43, 2009), and M.-C. de Marneffe, C. Manning and C. Potts, "Did It
Happen? The Pragmatic Complexity of Veridicality Assessment" (Computational Linguistics 38(2), 2012). The lists are our
own.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Verbs that report without a stance: what is said stays asserted, with its source.
SAYING = _words(
    "say tell announce add state note explain report confirm reveal write comment declare remark stress emphasise "
    "emphasize point indicate disclose observe conclude acknowledge admit concede reply respond recall describe "
    "testify inform assure quote show find discover know learn realise realize remember mean agree release"
)
#: Verbs that report what the writer does not share.
CLAIMING = _words("claim allege insist assert contend maintain purport accuse argue suggest rumour rumor complain")
#: Verbs of opinion, hope and fear: what depends on them is open.
THINKING = _words(
    "think believe hope expect fear doubt predict forecast suspect assume guess feel wonder imagine warn estimate "
    "reckon consider ask question speculate propose recommend demand wish want would want urge worry anticipate bet "
    "pretend dream envisage imply"
)
DENYING = _words("deny reject dismiss refute rebut disavow disclaim rubbish repudiate")
#: Verbs and adjectives whose infinitive or participle did not happen.
NEGATING = _words("fail refuse decline neglect forget omit miss avoid cease unwilling unable")
#: The same with "from" or a direct participle: "barred from selling", "ruled out buying".
PREVENTING = _words("bar ban prevent prohibit stop block discourage dissuade deter refrain exclude restrain keep rule")
#: Words whose infinitive may come true: plans, wishes, orders, chances.
PLANNING = _words(
    "plan hope expect set sue want seek intend aim try attempt wish like prefer promise vow pledge threaten ask urge "
    "call order tell propose offer consider prepare look aspire strive struggle need have ought due likely "
    "unlikely ready willing keen eager poised able free reluctant bind tip schedule slate determine eager bid "
    "invite encourage persuade recommend advise request demand instruct require allow permit enable let tempt favour "
    "design fight campaign refuse mean supposed suppose discuss mull contemplate favourite hesitate vote qualified "
    "forecast predict project estimate anticipate seem appear tend believe think warn instruct beg press push pressure "
    "opt choose lobby long desire arrange volunteer commit tell certain sure wait stand about"
)
#: Passive or active, "is said to have", "is accused of": somebody's claim.
ALLEGING = _words("allege accuse claim charge suspect say report rumour rumor purport suppose indict")
#: Hedges that say nothing themselves: they are left out of the predicate, the modality keeps what they say.
RAISING = _words(
    "expect set likely unlikely due seem appear bind tip poise poised forecast predict project allege report say claim "
    "rumour rumor believe think suppose supposed schedule slate estimate able about certain sure tend have need ought "
    "happen going go"
)
MODALS = _words("may might could would can will shall should must ought 'll ’ll wo ca 'd ’d")
HEDGING = _words("possibly perhaps maybe probably likely potentially presumably conceivably almost nearly hopefully")
ALLEGED_ADVERBS = _words("allegedly reportedly supposedly purportedly apparently ostensibly")
NOT = _words("not n't n’t never nor neither hardly scarcely barely nt")
NOBODY = _words("nobody none nothing no-one neither")
CONDITIONS = _words("if whether unless lest until")
#: Nouns that carry a statement: "claims that", "plans to".
CLAIM_NOUNS = _words(
    "claim allegation accusation suggestion rumour rumor speculation suspicion charge complaint assertion insinuation"
)
PLAN_NOUNS = _words(
    "plan bid hope proposal attempt intention move decision offer possibility chance threat effort talk desire pledge "
    "promise opportunity prospect call need idea fear expectation belief right agreement deal demand wish ability "
    "option motion bill campaign doubt likelihood risk danger ambition aim goal target readiness willingness pressure "
    "scheme report forecast prediction warning view argument theory opinion"
)
ALLEGED_ADJECTIVES = _words("alleged suspected supposed purported accused rumoured")
OPEN_ADJECTIVES = _words("possible potential would-be prospective likely planned proposed aspiring")
