// A picture of a comment on a pull request, drawn from the Markdown that `postern check --md` wrote.

const WIDTH = 880;
const LINE = 22;
/** Pixels of letters in common fonts of 14 pixels; a font that is wider or narrower is fitted to them. */
const PIXELS = [
  [/[ .,:;'!|ijlI[\]()/-]/, 4],
  [/[ftr]/, 5],
  [/[mwMW→]/, 11.5],
  [/[A-Z]/, 9.5],
];
const CODE = 7.3;
const CROSS = 16;
const widthOf = (text, kind) =>
  kind === 'cross'
    ? CROSS
    : kind === 'code'
      ? text.length * CODE
      : [...text].reduce((sum, letter) => sum + (PIXELS.find(([of]) => of.test(letter))?.[1] ?? 7.8), 0);
const INK = { text: '#1f2328', faint: '#59636e', line: '#d1d9e0', head: '#f6f8fa', code: '#eff1f3', fails: '#d1242f' };

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The parts of a line: text, code, and the sign of what fails, which not every font has. */
const partsOf = (line) =>
  line
    .replaceAll(/\\(?=[[\]*_])/g, '')
    .split('`')
    .flatMap((text, at) =>
      at % 2 === 1
        ? [{ text, kind: 'code' }]
        : text.split(/(❌)/).map((one) => ({ text: one, kind: one === '❌' ? 'cross' : 'text' })),
    )
    .filter(({ text }) => text !== '');

/** Runs of one font with their places, on lines that fit. */
function laid(line, left, right) {
  const rows = [[]];
  let x = left;
  for (const { text, kind } of partsOf(line))
    for (const word of kind === 'text' ? text.split(/(?<= )/) : [text]) {
      const width = widthOf(word, kind);
      if (x + widthOf(word.trimEnd(), kind) > right && x > left) {
        rows.push([]);
        x = left;
      }
      const last = rows.at(-1).at(-1);
      if (last?.kind === kind) last.text += word;
      else rows.at(-1).push({ text: word, kind, x });
      x += width;
    }
  return rows;
}

function drawnRow(row, y, weight = '') {
  const drawn = row.map(({ text, kind, x }) => {
    if (kind === 'cross')
      return `<path d="M${x + 2} ${y - 10}l10 10m0-10l-10 10" stroke="${INK.fails}" stroke-width="3"/>`;
    const shown = text.trimEnd();
    const width = widthOf(shown, kind);
    const [at, start] = [x + width - widthOf(shown.trimStart(), kind), x - 3].map((one) => one.toFixed(1));
    const fit = `textLength="${widthOf(shown.trim(), kind).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
    const behind = `<rect x="${start}" y="${y - 15}" width="${(width + 6).toFixed(1)}" height="20" rx="4" fill="${INK.code}"/>`;
    return kind === 'code'
      ? `${behind}<text class="code" x="${at}" y="${y}" ${fit}>${escaped(shown.trim())}</text>`
      : `<text x="${at}" y="${y}"${weight} ${fit}>${escaped(shown.trim())}</text>`;
  });
  return drawn.join('\n');
}

/** An SVG with the comment: titles, paragraphs, lists, and tables whose columns are as wide as their longest cell. */
export function commentPicture(markdown) {
  const drawn = [];
  let y = 74;
  const place = (text, left, weight) => {
    for (const row of laid(text, left, WIDTH - 24)) {
      drawn.push(drawnRow(row, y, weight));
      y += LINE;
    }
  };
  const table = (lines) => {
    const rows = lines.filter((line) => !line.startsWith('| -')).map((line) => line.slice(2, -2).split(' | '));
    const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => widthOf(row[at], 'code'))) + 24);
    for (const [index, row] of rows.entries()) {
      let x = 24;
      for (const [at, cell] of row.entries()) {
        drawn.push(
          `<rect x="${x.toFixed(1)}" y="${y - 20}" width="${widths[at].toFixed(1)}" height="30" fill="none" stroke="${INK.line}"/>`,
          drawnRow(laid(cell, x + 10, WIDTH)[0], y, index === 0 ? ' font-weight="600"' : ''),
        );
        x += widths[at];
      }
      y += 30;
    }
  };
  for (const part of markdown.trim().split(/\n\n+/)) {
    if (part.startsWith('|')) table(part.split('\n'));
    else
      for (const line of part.split('\n')) {
        const [, marks = '', indent = '', bullet = '', text = ''] = /^(#+ )?( *)(- )?(.*)$/.exec(line);
        const left = 24 + indent.length * 10 + (bullet === '' ? 0 : 16);
        if (bullet !== '') drawn.push(`<circle cx="${left - 9}" cy="${y - 5}" r="2.5" fill="${INK.text}"/>`);
        place(text, left, marks === '' ? '' : ' font-weight="600"');
      }
    y += 10;
  }
  const height = y - 6;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="A comment on a pull request">
<style>text { font: 14px -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; fill: ${INK.text}; } text[font-weight] { font-weight: 600; } .code { font: 12px ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }</style>
<rect x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="6" fill="#ffffff" stroke="${INK.line}"/>
<path d="M.5 40.5V6.5a6 6 0 0 1 6-6h${WIDTH - 13}a6 6 0 0 1 6 6v34z" fill="${INK.head}" stroke="${INK.line}"/>
<text x="24" y="26" font-weight="600">github-actions</text><text x="134" y="26" style="fill: ${INK.faint}">bot commented</text>
${drawn.join('\n')}
</svg>
`;
}
