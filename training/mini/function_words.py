"""English function words and a few everyday ones in German and Chinese, for texts rendered word by word.

``word: options``, the usual option first; ``-`` stands for leaving the word out.
"""


def read(table):
    """``{word: [options]}``, an option of nothing as an empty string."""
    entries = (entry.partition(":") for entry in table.split(";") if entry.strip())
    return {
        word.strip(): ["" if option == "-" else option for option in options.split()] for word, _, options in entries
    }


GERMAN = read("""
the: der die das den dem des; a: ein eine einen einem einer; an: ein eine einen; is: ist; are: sind; was: war;
were: waren; be: sein; been: worden gewesen; has: hat; have: haben; had: hatte; and: und; or: oder;
of: von des der; in: in im; on: auf am an; at: an bei am; to: zu nach zum zur; with: mit; for: für;
from: von aus; by: von durch; his: sein seine seinen; her: ihr ihre ihrem; its: sein seine ihre;
their: ihr ihre ihren; it: es; he: er; she: sie; they: sie; that: dass das; this: dies diese dieser;
as: als wie; into: in ins; while: während; through: durch; over: über; under: unter; down: hinunter;
up: hinauf auf; out: aus; not: nicht; after: nach; before: vor; during: während; will: wird werden;
would: würde; can: kann können; who: wer die der; which: welche die das; there: da dort; near: nahe neben bei;
behind: hinter; front: vor; s: -; i: ich; you: sie du; we: wir; my: mein meine; but: aber;
new: neue neuer neues neu; off: ab; about: über um; what: was; how: wie; why: warum; one: ein eine; says: sagt;
said: sagte; than: als; no: kein keine nicht; more: mehr; all: alle; us: usa; against: gegen;
next: neben nächste;
""")
CHINESE = read("""
the: -; a: - 一个; an: - 一个; is: 在 是 -; are: 在 是 -; was: -; were: -;
be: 是; been: -; has: 有; have: 有; had: 有; and: 和 与; or: 或; of: 的;
in: 在 里 中; on: 在 上; at: 在; to: 到 向 -; with: 和 带着 与; for: 为; from: 从 来自;
by: 由 被; his: 他的; her: 她的; its: 它的; their: 他们的; it: 它; he: 他; she: 她;
they: 他们; that: 那 -; this: 这; as: -; into: 入 进; while: 时;
through: 穿过 通过; over: 越过 超过; down: 下; up: 上; out: 出; not: 不; after: 后;
before: 前; during: 期间; will: 将; would: 将; can: 能; who: 谁 -; which: -;
there: 有; near: 附近; behind: 后面; front: 前面; s: 的; i: 我; you: 你; we: 我们;
my: 我的; but: 但; new: 新; off: -; about: 关于; what: 什么; how: 如何; why: 为什么;
says: 说 称; said: 说 称; than: 比; no: 没有 无; more: 更多; all: 所有; us: 美国;
against: 反对 对; one: 一个; two: 两个; next: 旁边; wearing: 穿着; people: 人 人们;
men: 男人; women: 女人; children: 孩子们 儿童; man: 男人 男子;
""")
