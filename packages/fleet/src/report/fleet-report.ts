import type { Finding } from '@postern/core/internal/library';
import type { EventError } from '@postern/core/internal/plan';
import { watchReport, type WatchHistory, type WatchReport } from '@postern/core/internal/watch';
import type { FleetEvent, RunState, UnitState, Retried } from '../model.js';

/** The version of the structure of a report. */
export const FLEET_REPORT_VERSION = 1;

/** What an engine knows of a run, as `FleetClient` gives it. */
export type RunRecord = {
  readonly run: RunState;
  readonly units: readonly UnitState[];
  /** Of all specs, in any order. */
  readonly events: readonly FleetEvent[];
  /** By the name of the spec. */
  readonly findings: Readonly<Record<string, readonly Finding[]>>;
  /** Of the goal `watch`, by the name of the spec. */
  readonly histories?: Readonly<Record<string, WatchHistory>> | undefined;
};

/** A step that was carried out. */
export type FleetChange = {
  readonly at: string;
  readonly spec: string;
  readonly unit: string;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly step: string;
  /** `create`, `change`, `delete`, …. */
  readonly kind?: string | undefined;
  readonly resource?: { readonly type: string; readonly name: string } | undefined;
  readonly outcome: 'done' | 'failed';
  readonly durationMs?: number | undefined;
  readonly error?: EventError | undefined;
};

/** Findings of one check with one code, over all accounts. */
export type FleetFindings = {
  readonly check: string;
  readonly code: string;
  readonly verdict: 'fail' | 'unknown';
  readonly severity: 'error' | 'warning' | 'note';
  readonly found: readonly {
    readonly spec: string;
    readonly subject: string;
    readonly message: string;
    readonly remedy?: string | undefined;
    /** The reason why the spec ignores it. */
    readonly ignored?: string | undefined;
  }[];
};

/** The report of a run: who changed what, when and why, and what was found. Plain JSON. */
export type FleetReport = {
  readonly version: typeof FLEET_REPORT_VERSION;
  readonly writtenAt: string;
  readonly run: RunState;
  readonly units: readonly UnitState[];
  /** In the order of time. */
  readonly changes: readonly FleetChange[];
  /** Errors first, then those with most places. */
  readonly findings: readonly FleetFindings[];
  readonly passed: number;
  /** Of the goal `watch`: what each spec's rounds have shown, without what the spec ignores. By the name of the spec. */
  readonly watched?: Readonly<Record<string, WatchReport>> | undefined;
};

/** The report of what an engine knows of a run. */
export function fleetReport({ run, units, events, findings, histories }: RunRecord, writtenAt: string): FleetReport {
  const all = Object.entries(findings).flatMap(([spec, own]) => own.map((finding) => ({ spec, finding })));
  return {
    version: FLEET_REPORT_VERSION,
    writtenAt,
    run,
    units,
    changes: changesOf(units, events),
    findings: groupsOf(all),
    passed: run.specs.reduce((sum, { findings: counts }) => sum + (counts?.['pass'] ?? 0), 0),
    ...(histories === undefined
      ? {}
      : { watched: Object.fromEntries(Object.entries(histories).map(([name, one]) => [name, watchReport(one, {})])) }),
  };
}

function changesOf(units: readonly UnitState[], events: readonly FleetEvent[]): readonly FleetChange[] {
  const places = new Map(units.map((unit) => [unit.id, unit]));
  const started = new Map<string, Extract<FleetEvent, { type: 'step.started' }>>();
  const changes = new Map<string, FleetChange>();
  for (const event of events) {
    if (event.type !== 'step.started' && event.type !== 'step.done' && event.type !== 'step.failed') continue;

    const { spec, unit, step, at } = event;
    const key = JSON.stringify([spec, unit, step]);
    if (event.type === 'step.started') {
      started.set(key, event);
      continue;
    }

    const { kind, resource } = started.get(key) ?? {};
    const { account, region } = places.get(`${spec}/${unit}`) ?? {};
    const what = { at, spec, unit, account, region, step, kind, resource };
    // A step that failed and was done later is one change.
    changes.set(
      key,
      event.type === 'step.done'
        ? { ...what, outcome: 'done', durationMs: event.durationMs }
        : { ...what, outcome: 'failed', error: event.error },
    );
  }
  return [...changes.values()].sort((a, b) => compare(a.at, b.at));
}

const RANK = { error: 0, warning: 1, note: 2 };

function groupsOf(all: readonly { readonly spec: string; readonly finding: Finding }[]): readonly FleetFindings[] {
  const groups = new Map<string, FleetFindings & { readonly found: FleetFindings['found'][number][] }>();
  for (const { spec, finding } of all) {
    if (finding.verdict === 'pass') continue;

    const { check, code, verdict, severity, subject, message, remedy, suppressed } = finding;
    const key = JSON.stringify([check, code, verdict, severity]);
    const group = groups.get(key) ?? { check, code, verdict, severity, found: [] };
    groups.set(key, group);
    group.found.push({ spec, subject, message, remedy, ignored: suppressed?.reason });
  }
  return [...groups.values()].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity] || b.found.length - a.found.length || compare(a.check, b.check),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Why a run does not go on, and how it ends: a sentence each. Empty where nothing holds it up. */
export function waitingLines({ run, cancelAgainAt, unanswered = [] }: RunState): readonly string[] {
  const parts = unanswered.map((one) => `  ${one.parts} parts of the run fail at ${one.address}: ${one.message}`);
  const lines = parts.length === 0 ? [] : ['Workers at the address that the run began on do not answer:', ...parts];
  if (cancelAgainAt !== undefined)
    return [...lines, `Canceled. If it has not ended by ${cancelAgainAt}, \`postern fleet cancel ${run}\` ends it.`];
  if (parts.length === 0) return [];

  return [...lines, '  Start workers there, or cancel the run, and cancel it again after two minutes.'];
}

/** What failed below the steps of a run and is tried again: of each spec the last time. */
export function retriedLines({ retried, specs }: Pick<RunState, 'retried' | 'specs'>): readonly string[] {
  return [retriedText(undefined, retried), ...specs.map((one) => retriedText(one.name, one.retried))].flat();
}

function retriedText(spec: string | undefined, retried: Retried | undefined): readonly string[] {
  if (retried === undefined) return [];

  const { at, unit, step, code, message } = retried;
  const where = [spec, unit, step].filter((one) => one !== undefined).join(' ');
  return [`  ${where === '' ? 'the run' : where} (${at}): ${code}: ${message}`];
}
