"""How a checked caption looks: verdicts differ by sign and line, not by colour alone."""

from __future__ import annotations

CAPTION_STYLE = """
.kg{--kg-good:#1f7a4d;--kg-open:#8a6100}
.kg-check{display:grid;grid-template-columns:minmax(0,1fr);gap:24px;align-items:start}
.kg-check figure{margin:0;display:flex;flex-direction:column;gap:8px}
.kg-check figure img{width:100%;max-height:460px;object-fit:contain;border-radius:10px;border:1px solid var(--kg-rule)}
.kg-caption{font-size:16px;line-height:1.75;overflow-wrap:anywhere}
.kg-headline{font-size:14px;line-height:1.7}
.kg-claim{border-bottom:2px solid;padding-bottom:1px}
.kg-claim sup{font-size:10px;line-height:0;padding-left:1px}
.kg-claim.kg-supported{border-color:var(--kg-good)}
.kg-claim.kg-unsupported{border-color:var(--kg-open);border-bottom-style:dashed}
.kg-claim.kg-contradicted{border-color:var(--kg-doubt);border-bottom-style:double;border-bottom-width:4px}
.kg-claims{width:100%;border-collapse:collapse;background:var(--kg-ground);border:1px solid var(--kg-rule);
font-size:14px}
.kg-claims th{text-align:left;font-size:12px;letter-spacing:.06em;text-transform:uppercase;color:var(--kg-soft);
padding:10px 12px;border-bottom:1px solid var(--kg-rule)}
.kg-claims td{vertical-align:top;text-align:left;padding:10px 12px;border-bottom:1px solid var(--kg-rule);
overflow-wrap:anywhere}
.kg-claims td:nth-child(2){min-width:120px}
.kg-claims li+li{margin-top:8px}
.kg-verdict{font-weight:600;white-space:nowrap}
.kg-verdict.kg-supported{color:var(--kg-good)}
.kg-verdict.kg-unsupported{color:var(--kg-open)}
.kg-verdict.kg-contradicted{color:var(--kg-doubt)}
@media (min-width:1000px){.kg-check{grid-template-columns:minmax(0,5fr) minmax(0,8fr)}}
@media (prefers-color-scheme:dark){.kg{--kg-good:#6fd3a0;--kg-open:#e6bb58}}
""".replace("\n", "")
