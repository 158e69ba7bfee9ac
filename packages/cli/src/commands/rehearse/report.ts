import type { Snapshot } from '@postern/core/internal/library';
import { counted, displayText, lengthOfTime } from '@postern/core/internal/report';
import { printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { type LoadResult, type UncalledRoute, BACKEND_MS } from './world.js';

/** What is simulated and may be otherwise on the real cloud, one sentence each. */
const ALWAYS = [
  `Each backend answers with status 200 after ${BACKEND_MS} ms. Real ones take longer, fail, and admit callers by rules of their own.`,
  'Authorizers allow each call that has what they ask for.',
  'No other writer changes these resources during the run.',
] as const;

const BY_PROVIDER: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'The time until a link is AVAILABLE, and until a change of a gateway takes effect, is not published: the simulated times are estimates.',
    'Quotas are those of a new account, where the snapshot does not show others.',
  ],
  alibaba: [
    'The duration of a move of an API group is not published: one to two minutes are simulated.',
    'DNS of a moved group changes over 1 to 10 minutes, by the seed. Callers that keep an address longer get I410GG.',
    'Prices are not simulated: the run may buy what its plan shows.',
  ],
};

/** What a rehearsal does not show: of the clouds of a snapshot, and what the twin does not have. */
function differences({ regions }: Snapshot, lacks: readonly string[]): readonly string[] {
  const providers = [...new Set(regions.map(({ provider }) => provider))];
  return [
    ...ALWAYS,
    ...providers.flatMap((provider) => BY_PROVIDER[provider] ?? []),
    ...lacks.map((lack) => `The twin lacks ${lack}.`),
  ];
}

/** The version of the JSON form. */
const VERSION = 1;

/** How many routes and differences text names; JSON has all. */
const NAMED = 20;

/** A rehearsal that has ended. */
export interface Rehearsal {
  /** `apply of shop.yaml`. */
  readonly what: string;
  readonly places: readonly string[];
  readonly takenAt: string;
  readonly seed: number;
  readonly faults: number | undefined;
  readonly run: RehearsedRun;
  /** In simulated time. */
  readonly durationMs: number;
  /** Calls of the simulated clouds by the run. */
  readonly cloudCalls: number;
  readonly backends: number;
  readonly routes: number;
  readonly perSecond: number;
  readonly load: LoadResult;
  readonly uncalled: readonly UncalledRoute[];
  readonly lacks: readonly string[];
  readonly snapshot: Snapshot;
}

/** Prints a rehearsal as text, or as one JSON document. */
export function printRehearsal(io: Io, rehearsal: Rehearsal, json: boolean): void {
  const { run, load, uncalled, snapshot, lacks, ...rest } = rehearsal;
  const differs = differences(snapshot, lacks);
  if (json) {
    const { what, takenAt, seed, faults, durationMs, cloudCalls, routes, perSecond, places, backends } = rest;
    const ok = run.ok && load.lost === 0;
    const of = { version: VERSION, what, places, takenAt, seed, faults, ok };
    printJson(io, { ...of, run, durationMs, cloudCalls, backends, routes, perSecond, load, uncalled, differs });
    return;
  }

  const lines = [
    '',
    run.summary,
    ...run.failures.map(({ step, code, message }) => `✗ ${step === undefined ? '' : `${step}: `}${code}: ${message}`),
    ...(run.notes ?? []),
    '',
    `Duration       ${lengthOfTime(rest.durationMs)} of simulated time, ${counted(rest.cloudCalls, 'call')} of the clouds`,
    `Calls          ${callsText(rehearsal)}`,
    ...lostText(load),
    ...load.stopped.map((text) => `Ended early    ${text}`),
    ...listed(
      'Not called',
      uncalled.map(({ route, because }) => `${route}: ${because}`),
    ),
    ...listed('On the real cloud this may differ', differs),
  ];
  printLines(io, ...lines.map((line) => displayText(line)));
}

function callsText({ routes, perSecond, load: { calls, delivered, lost } }: Rehearsal): string {
  if (routes === 0) return 'none: no route of the snapshot answered before the run';

  const rate = Number.isInteger(perSecond) ? `${perSecond}` : perSecond.toFixed(2);
  return `${calls} to ${counted(routes, 'route')}, ${rate} per second each: ${delivered} delivered, ${lost} lost`;
}

function lostText({ firstLost }: LoadResult): readonly string[] {
  if (firstLost === null) return [];

  const { at, route, outcome, path } = firstLost;
  return [`First lost     ${at} ${route}: ${outcome}, path ${path}`];
}

function listed(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];

  const more = items.length > NAMED ? [`  and ${items.length - NAMED} more; --json names all of them`] : [];
  return ['', title, ...items.slice(0, NAMED).map((item) => `  - ${item}`), ...more];
}

/** How what was rehearsed ended. */
export interface RehearsedRun {
  readonly ok: boolean;
  /** `Done: 5 changes, 2 unchanged.` */
  readonly summary: string;
  readonly failures: readonly { readonly step?: string | undefined; readonly code: string; readonly message: string }[];
  /** What is left to do, one sentence each. */
  readonly notes?: readonly string[] | undefined;
}
