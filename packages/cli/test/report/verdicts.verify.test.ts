import { readFileSync } from 'node:fs';
import { HANDOVER_RULES } from '@postern/alibaba/internal/handover';
import { checksOf, REPORT_VERSION, type Report, type Finding } from '@postern/core/internal/check';
import { migrationChecksOf } from '@postern/core/internal/moves';
import { junitSuites, reportMarkdown, reportSarif, reportText } from '@postern/core/internal/report';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { findingsHtml } from '../../../core/src/check/report/document.js';
import { REASONS } from '../../../core/src/check/path/reasons/index.js';
import type { ReasonText } from '../../../core/src/check/path/reasons/reason.js';
import { findingOf } from '../../../core/src/do/findings/say.js';
import type { Severity, Verdict } from '../../../core/src/do/findings/finding.js';
import { fill, type Template } from '../../../core/src/ground/text/template.js';
import { EXCLUDED, NOTED, OPEN, RANKED } from '../../../core/src/planner/judge/reasons.js';
import { CLOUDS } from '../../../core/test/clouds.js';
import { seeded } from '../../../core/test/drive.js';
import { junitXml } from '../../src/report/junit-xml.js';

/** One verdict of one vocabulary, with its texts. */
interface Row {
  readonly of: 'check' | 'path' | 'move' | 'hand-over' | 'planner';
  readonly rule: string;
  readonly code: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly message: Template;
  readonly more: readonly (Template | undefined)[];
}

/** A text of a table, whichever vocabulary it is of. */
interface Given {
  readonly verdict: Verdict;
  readonly severity?: Severity | undefined;
  readonly message: Template;
  readonly remedy?: Template | undefined;
  readonly inPlan?: Template | undefined;
  readonly target?: Template | undefined;
}

function rowsOf(of: Row['of'], rule: string, texts: Readonly<Record<string, Given>>): readonly Row[] {
  return Object.entries(texts).map(([code, { verdict, severity = 'error', message, remedy, inPlan, target }]) => ({
    of,
    rule,
    code,
    verdict,
    severity,
    message,
    more: [remedy, inPlan, target],
  }));
}

/** Reasons of paths, but for those of which another hop is a part. */
const PATHS = Object.entries<{ readonly text?: ReasonText | undefined }>(REASONS).flatMap(([code, { text }]) =>
  text === undefined
    ? []
    : rowsOf('path', 'path/hop', { [code]: { verdict: 'fail', message: text.because, remedy: text.remedy } }),
);

const CHECKS = checksOf(CLOUDS);
const MOVES = migrationChecksOf(CLOUDS);
const PLANNER = Object.entries({ excluded: EXCLUDED, open: OPEN, noted: { ...NOTED, ...RANKED } });

const ROWS: readonly Row[] = [
  ...CHECKS.flatMap(({ id, texts = {} }) => rowsOf('check', id, texts)),
  ...PATHS,
  ...MOVES.flatMap(({ id, texts = {} }) => rowsOf('move', id, texts)),
  ...HANDOVER_RULES.flatMap(({ id, texts }) => rowsOf('hand-over', id, texts)),
  ...PLANNER.flatMap(([name, texts]) => rowsOf('planner', `option/${name}`, texts)),
];

const nameOf = ({ of, rule, code, verdict }: Row): string => `${of} ${rule} ${code} ${verdict}`;
const textsOf = ({ message, more }: Row): readonly Template[] => [message, ...more].filter((one) => one !== undefined);
const formsOf = (template: Template): readonly string[] => [template].flat();

/** The names in a text, read without the code that fills it: `{name…}`, `if name` and `if name=word`. */
function placeholders(form: string): ReadonlySet<string> {
  const names = [...form.matchAll(/\{([A-Za-z]\w*)[^{}]*\}|(?:^|[[|])if (\w+)/g)];
  return new Set(names.map(([, value, condition]) => value ?? condition ?? ''));
}

/** The words that conditions of a text compare a value with. */
function wordsFor(form: string, name: string): readonly string[] {
  return [...form.matchAll(new RegExp(`if ${name}=([^:]*):`, 'g'))].map(([, word]) => word ?? '');
}

/** Values of which each run takes another: what is given, in one or several, and what is not. */
const values = (form: string, name: string): readonly unknown[] => [
  `value-${name}`,
  undefined,
  [`one-${name}`, `two-${name}`],
  true,
  1,
  false,
  ...wordsFor(form, name),
];

/** Fills a text in many ways, and returns the names that it asked for. */
function askedFor(form: string): ReadonlySet<string> {
  const asked = new Set<string>();
  const choices = [...placeholders(form)].map((name) => [name, values(form, name)] as const);
  const random = seeded(1);
  for (let run = 0; run < 1_000 && asked.size < choices.length; run += 1) {
    const given = Object.fromEntries(choices.map(([name, all]) => [name, all[Math.floor(random() * all.length)]]));
    const watched = new Proxy(given, { get: (target, name) => (asked.add(String(name)), target[String(name)]) });
    fill([form], watched); // of a list, whose condition is at its start
  }
  return asked;
}

/** What is left of a placeholder, and what shows that a value is none. */
const LEFT = /\{[A-Za-z]\w*(?:[?|:][^{}]*)?\}|\[if |undefined|\[object|NaN/;

/** A name that a cloud allows or a person writes, and that must remain a text. */
const HOSTILE = '\u001b[31m<b>x</b> [a](http://example.test) `c` @me ##[x] $& %0A';

function findingFor(row: Row, value: (name: string) => unknown): Finding {
  const given = new Proxy({}, { get: (_, name) => value(String(name)) });
  const [remedy] = row.more;
  return findingOf(
    { id: row.rule, severity: row.severity },
    {
      verdict: row.verdict,
      code: row.code,
      subject: `thing ${nameOf(row)}`,
      message: fill(row.message, given),
      evidence: [],
      remedy: remedy === undefined ? undefined : fill(remedy, given),
    },
  );
}

/** Reports of fifty findings: a report for people shows no more than two hundred. */
function reportsOf(value: (name: string) => unknown): readonly Report[] {
  return Array.from({ length: Math.ceil(ROWS.length / 50) }, (_, at) => ({
    version: REPORT_VERSION,
    findings: ROWS.slice(at * 50, at * 50 + 50).map((row) => findingFor(row, value)),
    gaps: [],
    assumptions: [],
  }));
}

const SPEC = {
  version: 1,
  project: 'shop',
  spec: 'shop',
  links: {},
  integrations: {},
  places: () => ({ file: 'shop.yaml' }),
} as const;

const RENDERERS: Readonly<Record<string, (report: Report) => string>> = {
  text: (report) => reportText(report, { width: 10_000 }),
  Markdown: (report) => reportMarkdown(report),
  HTML: (report) => findingsHtml(report),
  SARIF: (report) => reportSarif(report, SPEC, { rules: [] }),
  JUnit: (report) => junitXml(junitSuites(report, { failOn: 'unknown' })),
};

/** Whether a text of a renderer lets a name of a cloud be more than a text. */
const ACTIVE: Readonly<Record<string, (text: string) => boolean>> = {
  text: (text) => text.includes('\u001b') || /^\s*::\w/m.test(text) || text.includes('##['),
  Markdown: (text) => {
    const kinds: string[] = [];
    marked.walkTokens(marked.lexer(text, { gfm: true }), ({ type }: Token) => void kinds.push(type));
    return kinds.some((kind) => ['link', 'image', 'html', 'def', 'table', 'code', 'blockquote'].includes(kind));
  },
  HTML: (text) => text.includes('\u001b') || /<b>x|<a /.test(text),
  SARIF: (text) => text.includes('\u001b') || text.includes('](http') || JSON.parse(text).version !== '2.1.0',
  JUnit: (text) => XMLValidator.validate(text) !== true || 'b' in new XMLParser().parse(text),
};

describe('verdicts of all four vocabularies', () => {
  it('are read from their registries: each rule that lists codes has a text for each', () => {
    const listed = [...CHECKS, ...MOVES].filter(({ texts }) => texts !== undefined);
    for (const { id, codes, texts = {} } of listed) expect([id, Object.keys(texts)]).toEqual([id, codes]);
    for (const of of ['check', 'path', 'move', 'hand-over', 'planner'] as const)
      expect([of, ROWS.filter((row) => row.of === of).length > 20]).toEqual([of, true]);
  });

  it('have a code of their own, which the documentation names', () => {
    const names = ROWS.map(nameOf);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    const page = (name: string) => readFileSync(new URL(`../../../../docs/${name}.md`, import.meta.url), 'utf8');
    const checks = page('checks');
    const pages = {
      check: checks,
      path: checks,
      move: checks,
      'hand-over': page('handover'),
      planner: page('planner'),
    };
    expect(
      ROWS.filter(({ of, code }) => !/^[A-Z][A-Z0-9_]*$/.test(code) || !pages[of].includes(`\`${code}\``)).map(nameOf),
    ).toEqual([]);
  });

  it('ask for the values of their placeholders, for each of them, and for no others', () => {
    const wrong = ROWS.flatMap((row) =>
      textsOf(row)
        .flatMap(formsOf)
        .filter((form) => [...askedFor(form)].sort().join() !== [...placeholders(form)].sort().join())
        .map((form) => `${nameOf(row)}: ${form}`),
    );
    expect(wrong).toEqual([]);
  });

  const VALUES: readonly (readonly [string, (name: string) => unknown])[] = [
    ['each value', (name) => `value-${name}`],
    ['lists', (name) => [`one-${name}`, `two-${name}`]],
    ['numbers', () => 1],
    ['names of others', () => HOSTILE],
  ];
  it.each(VALUES.flatMap(([what, value]) => Object.keys(RENDERERS).map((to) => [what, to, value] as const)))(
    'with %s, are texts in %s, and no placeholder is left',
    (_, to, value) => {
      for (const report of reportsOf(value)) {
        const text = RENDERERS[to]?.(report) ?? '';
        expect(text.match(LEFT)?.[0]).toBeUndefined();
        expect(ACTIVE[to]?.(text)).toBe(false);
      }
    },
  );
});
