namespace Albireo.Pipeline.Report;

/// <summary>The look of the report on a screen, on a phone and on paper.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --page: #ffffff; --text: #1c2027; --soft: #5c6470; --rule: #e1e4e8; --card: #f5f6f8; --accent: #0072b2; --warn: #fff6e0; --warn-rule: #e69f00; }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
        body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; }
        main { max-width: 52rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; overflow-wrap: anywhere; }
        h2 { margin: 3rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--rule); font-size: 1.3rem; line-height: 1.3; overflow-wrap: anywhere; }
        p { margin: 0.6rem 0; overflow-wrap: anywhere; }
        a { color: var(--accent); }
        .lead { margin: 0.35rem 0 0; color: var(--soft); font-size: 1.05rem; }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 0.75rem; margin: 1.75rem 0 1.25rem; }
        .facts div { padding: 0.8rem 1rem; background: var(--card); border-radius: 0.5rem; }
        .facts dt { color: var(--soft); font-size: 0.85rem; }
        .facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .facts dd.value { font-size: 1.15rem; font-weight: 600; line-height: 1.35; }
        .facts dd.note { color: var(--soft); font-size: 0.85rem; }
        .notices { margin: 1.25rem 0; padding: 0.7rem 1rem 0.7rem 2.2rem; background: var(--warn); border-left: 4px solid var(--warn-rule); border-radius: 0.25rem; }
        .notices li { margin: 0.2rem 0; overflow-wrap: anywhere; }
        nav { margin: 1.5rem 0 0; font-size: 0.92rem; }
        nav ul { display: flex; flex-wrap: wrap; gap: 0.35rem 1.1rem; margin: 0; padding: 0; list-style: none; }
        figure { margin: 1.5rem 0; }
        svg.fig { display: block; width: 100%; height: auto; }
        figcaption { margin-top: 0.4rem; color: var(--soft); font-size: 0.92rem; overflow-wrap: anywhere; }
        .narrow { display: none; }
        .table { margin: 1.25rem 0; }
        .table p { color: var(--soft); font-size: 0.92rem; }
        .scroll.long { max-height: 30rem; }
        .scroll { overflow: auto; border: 1px solid var(--rule); border-radius: 0.4rem; }
        .scroll:focus-visible { outline: 2px solid var(--accent); }
        table { width: 100%; border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
        caption { padding: 0.55rem 0.75rem; text-align: left; font-weight: 600; }
        th, td { padding: 0.35rem 0.75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--rule); }
        td { max-width: 26rem; overflow-wrap: break-word; }
        th { position: sticky; top: 0; background: var(--card); font-weight: 600; white-space: nowrap; }
        th.number, td.number { text-align: right; white-space: nowrap; }
        td.missing { color: var(--soft); }
        pre { margin: 0.75rem 0; padding: 0.8rem 1rem; background: var(--card); border-radius: 0.4rem; white-space: pre-wrap; overflow-wrap: anywhere; font: 0.88rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
        code { font: 0.9em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
        .versions { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.25rem; margin: 0.75rem 0; font-size: 0.92rem; }
        .versions dt { color: var(--soft); }
        .versions dd { margin: 0; overflow-wrap: anywhere; }
        .citations { padding-left: 1.3rem; font-size: 0.92rem; }
        @media (max-width: 640px) {
          main { padding: 1.5rem 1rem 3rem; }
          h1 { font-size: 1.5rem; }
          h2 { margin-top: 2.25rem; }
          figure { margin: 1.25rem -0.5rem; }
          figcaption { padding: 0 0.5rem; }
          .facts { grid-template-columns: 1fr 1fr; }
          .facts div { padding: 0.7rem 0.8rem; }
          .facts dd.value { font-size: 1.05rem; }
        }
        @media screen and (max-width: 640px) {
          .wide { display: none; }
          .narrow { display: block; }
        }
        @media screen and (prefers-color-scheme: dark) {
          :root { --page: #14171c; --text: #e6e9ee; --soft: #a3abb7; --rule: #2b313a; --card: #1d2229; --accent: #6cb8ea; --warn: #2b2413; }
        }
        @media print {
          @page { margin: 16mm 15mm; }
          body { font-size: 10.5pt; }
          main { max-width: none; padding: 0; }
          nav { display: none; }
          h2 { margin-top: 1.5rem; break-after: avoid; }
          figure, .facts div, tr { break-inside: avoid; }
          .scroll, .scroll.long { max-height: none; overflow: visible; border: 0; }
          th { position: static; }
          td, th { padding: 0.2rem 0.4rem; }
          .facts { grid-template-columns: repeat(4, 1fr); gap: 0.5rem; }
          .facts div, pre, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }

        """;
}
