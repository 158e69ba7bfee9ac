// The pages in Chinese (docs/zh): their commands, programs and outputs are those of the English pages, so that only prose can age. Each section
// names the English section that it translates, with digests of the prose of both as they were when it was translated:
//   <!-- translates move.md, en 1a2b3c4d, zh 5e6f7a8b -->     above the first section, and below the others, of the same page:
//   <!-- translates #4-return, en 1a2b3c4d, zh 5e6f7a8b -->
// What changed on one side only since then is listed.
//   node scripts/zh-pages.mjs [--write | --same]    write blocks of code; --same: both sides say the same now, keep their digests
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { anchorOf } from '../site/src/split.mjs';
import { ROOT, filesBelow } from './workspace.mjs';

const FOLDER = 'docs/zh';
const FENCED = /^```[^\n]*\n[^]*?^```$/gm;
const MARK = /^<!-- translates (\S+?)(?:, en (\w+), zh (\w+))? -->$/m;
const LEFT_OUT = /^<!-- leaves out (\S+) -->$/gm;
/** A row of a table that can be linked: a section of its own. Those whose source is Alibaba Cloud are translated. */
const ROW = /^\| <a id="([^"]+)"><\/a>.*$/gm;
const OF_ALIBABA = /\]\(https:\/\/[\w.]*(?:alibabacloud|aliyun)\.com\//;
/** What follows on an English page is written by a script, from tables. */
const GENERATED = /^<!-- Written from here on[^]*/m;

/** The sections of a page, by the anchors of their headings; what is above the second heading has the anchor ''. */
function sectionsOf(page) {
  const lines = page.replace(GENERATED, '').split('\n');
  const sections = [{ anchor: '', lines: [] }];
  let isCode = false;
  for (const line of lines) {
    if (line.startsWith('```')) isCode = !isCode;
    const [, heading] = isCode ? [] : (/^##+ (.*)$/.exec(line) ?? []);
    if (heading !== undefined) sections.push({ anchor: anchorOf(heading), lines: [] });
    sections.at(-1).lines.push(line);
  }
  return sections.map(({ anchor, lines: own }) => ({ anchor, text: own.join('\n') }));
}

/** The rows that can be linked, as sections. */
const rowsOf = (page) => [...page.matchAll(ROW)].map(([text, anchor]) => ({ anchor, text }));

const blocksOf = (text) => text.match(FENCED) ?? [];

/** A digest of what a section says besides its code. */
function digestOf(text) {
  const prose = text
    .replaceAll(FENCED, '')
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/\s+/g, ' ');
  return createHash('sha256').update(prose.trim()).digest('hex').slice(0, 8);
}

/** Which side of a section changed since it was translated, in words; undefined where neither did, or both. */
function changedSide({ en, zh }, now) {
  if (en !== now.en && zh === now.zh) return 'the English changed, and the Chinese did not';
  if (en === now.en && zh !== now.zh) return 'the Chinese changed, and the English did not';
  return undefined;
}

/** A page in Chinese as it should be, and what is wrong with it. `english(file)` is the text of an English page of docs/. */
export function translated(name, page, english, { same = false } = {}) {
  const problems = [];
  const [, first = ''] = /<!-- translates ([^#\s,]+)/.exec(page) ?? [];
  const seen = new Map();
  const texts = sectionsOf(page).map(({ text }) => {
    const [mark, target, en, zh] = MARK.exec(text) ?? [];
    if (mark === undefined) {
      problems.push(`${name}: no section of the English is named below: ${text.trim().split('\n')[0]}`);
      return text;
    }
    const [file, anchor = ''] = (target.startsWith('#') ? `${first}${target}` : target).split('#');
    seen.set(file, [...(seen.get(file) ?? []), anchor]);
    const source = [...sectionsOf(english(file)), ...rowsOf(english(file))].find((one) => one.anchor === anchor);
    if (source === undefined) {
      problems.push(`${name}: ${target} does not exist in English`);
      return text;
    }
    const [blocks, own] = [blocksOf(source.text), blocksOf(text)];
    if (blocks.length !== own.length)
      problems.push(`${name}: ${target} has ${blocks.length} blocks of code, and its translation ${own.length}`);
    let at = 0;
    const filled = text.replaceAll(FENCED, (block) => blocks[at++] ?? block);
    const now = { en: digestOf(source.text), zh: digestOf(text) };
    const side = same || en === undefined ? undefined : changedSide({ en, zh }, now);
    if (side !== undefined) problems.push(`${name}: ${target}: ${side}`);
    const kept = side === undefined ? now : { en, zh };
    return filled.replace(MARK, () => `<!-- translates ${target}, en ${kept.en}, zh ${kept.zh} -->`);
  });
  const leftOut = [...page.matchAll(LEFT_OUT)].map(([, target]) => target);
  for (const [file, anchors] of seen)
    for (const { anchor } of [
      ...sectionsOf(english(file)),
      ...rowsOf(english(file)).filter((row) => OF_ALIBABA.test(row.text)),
    ])
      if (!anchors.includes(anchor) && !leftOut.includes(`#${anchor}`))
        problems.push(`${name}: ${file}#${anchor} is neither translated nor left out`);
  return { text: texts.join('\n'), problems };
}

/** What is wrong with the pages in Chinese; with `write` their code is written. */
export function checkTranslations({ write = false, same = false } = {}) {
  const english = (file) => readFileSync(path.join(ROOT, 'docs', file), 'utf8');
  return filesBelow(path.join(ROOT, FOLDER), (file) => file.endsWith('.md')).flatMap((file) => {
    const before = readFileSync(file, 'utf8');
    const name = path.relative(ROOT, file).replaceAll(path.sep, '/');
    const { text, problems } = translated(name, before, english, { same });
    if (write || same) writeFileSync(file, text);
    else if (text !== before) problems.push(`${name} is out of date; run: node scripts/zh-pages.mjs --write`);
    return problems;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = checkTranslations({
    write: process.argv.includes('--write'),
    same: process.argv.includes('--same'),
  });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0)
    console.error('Translate what changed, then run: node scripts/zh-pages.mjs --same (both sides say the same now)');
  process.exit(problems.length > 0 ? 1 : 0);
}
