"""How the pages look: one style sheet, light and dark, also on paper."""

from __future__ import annotations

#: Everything is below `.kg`, so that a page or notebook around it keeps its own look.
STYLE = """
.kg{--kg-page:#f4f5f7;--kg-ground:#fff;--kg-sunk:#eceef2;--kg-text:#17202c;--kg-soft:#556070;--kg-rule:#dde1e7;
--kg-accent:#1d5fbf;--kg-mark:#ffe89a;--kg-person:#2563c9;--kg-organisation:#8a3fb5;--kg-place:#1f7a4d;--kg-misc:#a15c00;
--kg-doubt:#b3261e;color:var(--kg-text);background:var(--kg-page);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",
"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;text-align:left}
.kg *{box-sizing:border-box}
.kg a{color:var(--kg-accent);text-decoration:none}
.kg a:hover,.kg a:focus-visible{text-decoration:underline}
.kg a:focus-visible{outline:2px solid var(--kg-accent);outline-offset:2px;border-radius:3px}
:where(.kg) :is(h1,h2,h3,h4,p,ul,blockquote){margin:0;padding:0}
.kg h1{font-size:26px;line-height:1.25;letter-spacing:-.01em}
.kg-h{font-size:20px;line-height:1.3}
.kg-title{font-size:15.5px;line-height:1.35;overflow-wrap:anywhere}
.kg-label{font-size:12px;letter-spacing:.06em;text-transform:uppercase;color:var(--kg-soft);margin:0 0 8px}
.kg ul{list-style:none}
.kg mark{background:var(--kg-mark);color:#17202c;border-radius:2px;padding:0 1px}
.kg-wrap{max-width:1320px;margin:0 auto;padding:28px 24px 40px}
.kg-top{margin-bottom:24px}
.kg-soft{color:var(--kg-soft);font-size:13px}
.kg-answer{margin:0 0 36px}
.kg-head{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:center;padding-bottom:10px;margin-bottom:16px;
border-bottom:1px solid var(--kg-rule)}
.kg-asked{width:56px;height:42px;object-fit:cover;border-radius:5px}
.kg-cols{display:grid;grid-template-columns:minmax(0,1fr);gap:20px;align-items:start}
.kg-hits{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:16px;align-items:start}
.kg-hit{background:var(--kg-ground);border:1px solid var(--kg-rule);border-radius:10px;overflow:hidden;display:flex;
flex-direction:column}
.kg-photo{display:block;position:relative;background:var(--kg-sunk);aspect-ratio:3/2}
.kg-photo img{position:absolute;inset:0;width:100%;height:100%;object-fit:contain}
.kg-gone{aspect-ratio:3/2;background:var(--kg-sunk);color:var(--kg-soft);display:flex;align-items:center;
justify-content:center;font-size:13px;text-align:center;padding:12px;overflow-wrap:anywhere}
.kg-body{padding:12px 14px 12px;display:flex;flex-direction:column;gap:6px;flex:1}
.kg-meta{display:flex;flex-wrap:wrap;gap:2px 8px;align-items:baseline;color:var(--kg-soft);font-size:12.5px}
.kg-rank{font-weight:700;color:var(--kg-text)}
.kg-quote{font-size:14px;overflow-wrap:anywhere}
.kg-foot{margin-top:auto;padding-top:4px;display:flex;flex-direction:column;gap:5px;font-size:12.5px;
color:var(--kg-soft);overflow-wrap:anywhere}
.kg-chips{display:flex;flex-wrap:wrap;gap:5px}
.kg-chip{background:var(--kg-sunk);color:var(--kg-soft);border-radius:999px;padding:1px 9px;font-size:12px}
.kg-why summary{cursor:pointer}
.kg-why ul{padding:4px 0 2px 14px}
.kg-why li{list-style:disc;padding:1px 0}
.kg-facets{margin:0;display:grid;grid-template-columns:auto minmax(0,1fr);gap:3px 12px;font-size:13px}
.kg-facets dt{color:var(--kg-soft)}
.kg-facets dd{margin:0;overflow-wrap:anywhere}
.kg-facets span{display:inline-block;margin-right:8px}
.kg-facets b{font-weight:600}
.kg-side{background:var(--kg-ground);border:1px solid var(--kg-rule);border-radius:10px;padding:16px 18px}
.kg-side>*+*{margin-top:18px}
.kg-names li{display:flex;flex-wrap:wrap;gap:0 8px;align-items:baseline;padding:2px 0}
.kg-names b{font-weight:600}
.kg-dot{display:inline-block;width:9px;height:9px;border-radius:50%;background:var(--kg-misc);margin-right:7px}
.kg-dot-person{background:var(--kg-person)}
.kg-dot-organisation{background:var(--kg-organisation)}
.kg-dot-place{background:var(--kg-place)}
.kg-facts>li{padding:9px 0;border-top:1px solid var(--kg-rule)}
.kg-facts>li:first-child{border-top:0;padding-top:0}
.kg-fact-line{font-weight:600;overflow-wrap:anywhere}
.kg-fact-line i{font-weight:400;color:var(--kg-accent);padding:0 3px}
.kg-fact-line i.kg-unsure{color:var(--kg-doubt);font-weight:600}
.kg blockquote{font-size:13.5px;border-left:3px solid var(--kg-rule);padding-left:10px;margin:5px 0 0;
overflow-wrap:anywhere}
.kg-note{background:var(--kg-ground);border-left:3px solid var(--kg-accent);padding:8px 12px;margin:0 0 14px;
border-radius:0 6px 6px 0;font-size:14px}
.kg-empty{color:var(--kg-soft);padding:18px 0}
.kg-panel{background:var(--kg-ground);border:1px solid var(--kg-rule);border-radius:10px;padding:12px;margin:0 0 28px}
@media (min-width:1000px){.kg-cols-two{grid-template-columns:minmax(0,1fr) 340px}}
@media (prefers-color-scheme:dark){.kg{--kg-page:#0f1319;--kg-ground:#161b22;--kg-sunk:#202733;--kg-text:#e8edf3;
--kg-soft:#a3adba;--kg-rule:#2c3440;--kg-accent:#7fb0ff;--kg-mark:#f2cf5b;--kg-person:#7fb0ff;
--kg-organisation:#cf9bf0;--kg-place:#6fd3a0;--kg-misc:#f0b35e;--kg-doubt:#ff8a80}}
@media print{.kg{background:#fff}.kg-wrap{max-width:none;padding:0}.kg-hit,.kg-side{break-inside:avoid}}
""".replace("\n", "")

#: What the page itself needs and a notebook must not get.
PAGE = "html{color-scheme:light dark}body{margin:0}body.kg{min-height:100vh}"
