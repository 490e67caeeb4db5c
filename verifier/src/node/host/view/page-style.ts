/** The style of the licensing window: system fonts, light and dark, narrow screens and paper; nothing is loaded. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #1b1f24; --soft: #4d5661; --line: #d5dae1; --link: #0b57b0;
  --good: #11632e; --good-ground: #e2f4e8; --warn: #744b00; --warn-ground: #fdf1d8;
  --bad: #9b1c1c; --bad-ground: #fdeaea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --card: #1d2126; --ink: #e9ecf0; --soft: #aeb7c2; --line: #39414b; --link: #8cbcff;
    --good: #8fe0a8; --good-ground: #173523; --warn: #f3cd83; --warn-ground: #3a2d10;
    --bad: #ffaeae; --bad-ground: #421d1d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 2rem; color: var(--soft); font-size: 0.875rem; }
h1 { margin: 0 0 0.75rem; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 0.75rem; font-size: 1.125rem; }
p { margin: 0.25rem 0; overflow-wrap: anywhere; }
a { color: var(--link); overflow-wrap: anywhere; }
section { margin: 1rem 0; padding: 1rem 1.25rem 1.25rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); }
.state { padding: 0.75rem 1rem; border-left: 0.375rem solid; border-radius: 0.375rem; }
.state strong { font-size: 1.25rem; }
.good { color: var(--good); background: var(--good-ground); }
.warn { color: var(--warn); background: var(--warn-ground); }
.bad { color: var(--bad); background: var(--bad-ground); }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: 0.375rem 1.25rem; margin: 0; }
dt { color: var(--soft); overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 600; }
tbody th { font-weight: 400; }
tbody tr:last-child > * { border-bottom: 0; }
.number { width: 8rem; padding-right: 0; text-align: right; font-variant-numeric: tabular-nums; }
ul { margin: 0; padding-left: 1.25rem; }
.note { color: var(--soft); font-size: 0.875rem; }
code { font: 0.875em ui-monospace, monospace; }
@media (max-width: 36rem) {
  header { padding-top: 1.25rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; }
  .number { width: 5.5rem; }
}
@media print {
  :root { --ground: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #999; --good-ground: #fff; --warn-ground: #fff; --bad-ground: #fff; }
  section { break-inside: avoid; }
  a::after { content: " (" attr(href) ")"; }
}
`;
