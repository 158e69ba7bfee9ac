// What the worker does with a request. Pure but for the chunks that it loads, so that the build and the tests call it, too.
import {
  isPosternError,
  type Finding,
  type Snapshot,
  type SourcePlace,
  type Spec,
} from '@postern/core/internal/library';
import { countedCheck, explain, rulesOf } from '@postern/core/internal/check';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { explainText, reportSarif, reportText, tally } from '@postern/core/internal/report';
import { parseSpec, specJsonSchema, type PlacedProblem } from '@postern/core/internal/spec';
import { CLOUDS } from './clouds.js';
import { tooLong, type TextName } from './limits.js';
import { linesOf, paint, UNBROKEN, type Line } from './painted.js';
import type { Action, State } from './state.js';

export type Request = Omit<State, 'sample'> & {
  /** Milliseconds since 1970, for dates of retirement. */
  readonly now: number;
};

/** A finding at its place in a text. Lines and columns count from 1. */
export interface Mark {
  readonly of: TextName;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

export interface Answer {
  /** One sentence, for the status line. */
  readonly sentence: string;
  /** `bad`: something does not work. `open`: it cannot be determined. `invalid`: the input could not be read. */
  readonly tone: 'good' | 'bad' | 'open' | 'invalid';
  readonly lines: readonly Line[];
  readonly marks: readonly Mark[];
  readonly svg?: string | undefined;
  /** The command line that prints the same. */
  readonly command?: string | undefined;
}

/** What is computed for a parsed spec. */
type Part = Omit<Answer, 'marks'> & { readonly marks?: readonly Mark[] };

const SPEC = 'postern.yaml';
const SNAPSHOT = 'snapshot.json';
const COMMANDS: Readonly<Record<Exclude<Action, 'cidr' | 'explain'>, string>> = {
  check: `postern check ${SPEC} --snapshot ${SNAPSHOT}`,
  plan: `postern plan ${SPEC}`,
  graph: `postern graph ${SPEC} --snapshot ${SNAPSHOT}`,
  advise: `postern advise ${SPEC}`,
};

/** The most integrations that are explained, and findings that are marked. */
const MOST_EXPLAINED = 20;
const MOST_MARKED = 200;

/** The JSON Schema of a spec, for completion. */
export const schema = () => specJsonSchema(CLOUDS);

/** Answers a request. Input that cannot be read is an answer, too. */
export async function answer(request: Request): Promise<Answer> {
  try {
    const refused = (['spec', 'snapshot', 'blocks'] as const).flatMap(
      (name) => tooLong(name, request[name].length) ?? [],
    );
    if (refused[0] !== undefined) return { sentence: refused[0], tone: 'invalid', lines: [], marks: [] };
    return { marks: [], ...(await partOf(request)) };
  } catch (error) {
    return refusal(error);
  }
}

async function partOf(request: Request): Promise<Part> {
  const { action, now } = request;
  if (action === 'cidr') return (await import('./answers/cidr.js')).cidrAnswer(request);
  const snapshot = request.snapshot.trim() === '' ? undefined : decodeSnapshot(request.snapshot, { file: SNAPSHOT });
  if (action === 'advise') {
    const { adviseAnswer } = await import('./answers/advise.js');
    return { command: COMMANDS.advise, ...adviseAnswer(request.spec, snapshot, now) };
  }
  const spec = parseSpec(request.spec, { file: SPEC, clouds: CLOUDS });
  if (action === 'graph')
    return { command: COMMANDS.graph, ...(await (await import('./answers/graph.js')).graphAnswer(spec, snapshot)) };
  if (snapshot === undefined) return noSnapshot(action);
  if (action === 'explain') return explainAnswer(spec, snapshot);
  if (action === 'check') return { command: COMMANDS.check, ...checkAnswer(spec, snapshot) };
  return { command: COMMANDS.plan, ...(await import('./answers/plan.js')).planAnswer(spec, snapshot) };
}

function noSnapshot(action: Action): Part {
  const name = `${action[0]?.toUpperCase()}${action.slice(1)}`;
  const sentence = `${name} needs a snapshot: paste the file that \`postern snapshot\` writes, or choose a sample.`;
  return { sentence, tone: 'invalid', lines: [] };
}

function checkAnswer(spec: Spec, snapshot: Snapshot): Part {
  const { report, passed } = countedCheck(snapshot, spec, { clouds: CLOUDS, passes: false });
  const { failed, unknown } = tally(report, passed);
  const text = reportText(report, { passed, paint, width: UNBROKEN });
  const counts = text.trimEnd().split('\n').at(-1) ?? '';
  const tone = failed.error + failed.warning > 0 ? 'bad' : unknown > 0 ? 'open' : 'good';
  return {
    sentence: `Check: ${counts}.`,
    tone,
    lines: linesOf(text),
    marks: marksOf(report, spec),
  };
}

/**
 * The places of findings as SARIF has them, which is read by editors as well; a finding about a link is marked at the link,
 * where it is mended, and once.
 */
function marksOf(report: Parameters<typeof reportSarif>[0], spec: Spec): readonly Mark[] {
  const open = report.findings
    .filter(({ verdict, suppressed }) => verdict !== 'pass' && suppressed === undefined)
    .slice(0, MOST_MARKED);
  const sarif = JSON.parse(reportSarif({ ...report, findings: open }, spec, { rules: rulesOf(CLOUDS) })) as Sarif;
  const marks = (sarif.runs[0]?.results ?? []).flatMap((result, at): Mark[] => {
    const finding = open[at];
    if (finding === undefined || finding.verdict === 'pass') return [];
    const { severity, check, message, remedy, about } = finding;
    const { startLine, startColumn } = result.locations[0]?.physicalLocation?.region ?? {};
    const { line, column = 1 } = placeOfLink(about, spec) ?? { line: startLine, column: startColumn };
    if (line === undefined) return [];
    const text = `${check}: ${message}${remedy === undefined ? '' : `\n→ ${remedy}`}`;
    const shown = finding.verdict === 'unknown' || severity === 'note' ? 'info' : severity;
    return [{ of: 'spec', line, column, severity: shown, message: text }];
  });
  return [...new Map(marks.map((mark) => [`${mark.line} ${mark.message}`, mark])).values()];
}

/** The place of the link that a finding is about; undefined where it is about what the link leads to. */
function placeOfLink([first, ...others]: Finding['about'], spec: Spec): SourcePlace | undefined {
  const isOfLink = first?.kind === 'link' && !others.some(({ kind }) => kind === 'target' || kind === 'route');
  return isOfLink ? spec.places?.(`links.${first.id}`) : undefined;
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly locations: readonly {
        readonly physicalLocation?: {
          readonly region?: { readonly startLine?: number; readonly startColumn?: number };
        };
      }[];
    }[];
  }[];
}

/** The worst first. */
const ARRIVAL = [
  ['fail', 'bad', 'do not arrive'],
  ['unknown', 'open', 'cannot be determined'],
  ['pass', 'good', 'arrive'],
] as const;

function explainAnswer(spec: Spec, snapshot: Snapshot): Part {
  const explained = Object.keys(spec.integrations)
    .slice(0, MOST_EXPLAINED)
    .flatMap((integration) => explain(snapshot, spec, { clouds: CLOUDS, integration }));
  const found = ARRIVAL.flatMap(([verdict, tone, word]) => {
    const count = explained.filter((one) => (one.failures === undefined ? one.verdict : 'fail') === verdict).length;
    return count === 0 ? [] : [{ tone, text: `calls of ${count} ${count === 1 ? 'route' : 'routes'} ${word}` }];
  });
  const [name = 'orders'] = Object.keys(spec.integrations);
  return {
    command: `postern explain ${name} --spec ${SPEC} --snapshot ${SNAPSHOT}`,
    sentence: `Explain: ${found.map(({ text }) => text).join(', ') || 'the spec has no integrations'}.`,
    tone: found[0]?.tone ?? 'good',
    lines: linesOf(explainText(explained, { paint, width: UNBROKEN })),
  };
}

/** An answer that says why the input was not read, with the places of all problems. */
function refusal(error: unknown): Answer {
  if (!isPosternError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return { sentence: `The playground failed: ${message}.`, tone: 'invalid', lines: [], marks: [] };
  }
  const { problems = [{ ...error, message: error.message, place: error.place ?? {} }] } = (error.details ?? {}) as {
    readonly problems?: readonly PlacedProblem[];
  };
  const marks = problems.flatMap(({ message, remedy, place: { file, line, column = 1 } }): Mark[] => {
    const of = file === SNAPSHOT ? 'snapshot' : 'spec';
    return line === undefined ? [] : [{ of, line, column, severity: 'error', message: `${message}\n→ ${remedy}` }];
  });
  const lines = problems.flatMap(({ message, remedy, place }) => {
    const { file, line, path } = place;
    const at = [file, line].filter((one) => one !== undefined).join(':');
    const where = path === undefined || path === '' || message.startsWith(path) ? '' : `${path}: `;
    return linesOf(
      `${paint('error', '✗')} ${at === '' ? '' : `${paint('quiet', at)}  `}${paint('heading', `${where}${message}`)}\n    ${paint('remedy', `→ ${remedy}`)}`,
    );
  });
  const file = error.place?.file === SNAPSHOT ? 'snapshot' : 'spec';
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return { sentence: `The ${file} has ${count}.`, tone: 'invalid', lines, marks };
}
