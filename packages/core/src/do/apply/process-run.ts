import type { CallContext } from '../../ground/calls/call-context.js';
import type { Journal } from './journal.js';
import { gate, lanes } from './lanes.js';
import type { LocalRunOptions } from './local-run.js';

/** One run in this process. */
export interface ProcessRun {
  /** What its units share. */
  readonly shared: LocalRunOptions;
  /** Why the journal could not be written; the run has ended with it. */
  readonly breakage: () => { readonly error: unknown } | undefined;
}

/** Begins a run that `stop` ends. It also ends as soon as the journal cannot be written. */
export function processRun(
  run: string,
  {
    context,
    journal,
    maxParallel,
  }: { readonly context: CallContext; readonly journal: Journal; readonly maxParallel: number },
  stop: AbortController,
): ProcessRun {
  let breakage: { readonly error: unknown } | undefined;
  const shared: LocalRunOptions = {
    run,
    context,
    journal,
    signal: stop.signal,
    gate: gate(maxParallel),
    lanes: lanes(),
    onBroken: (error) => {
      breakage ??= { error };
      stop.abort(error); // nothing may be changed without a durable record
    },
  };
  return { shared, breakage: () => breakage };
}

/** The ID of the run that a record belongs to. */
export function runId({ clock, random }: Pick<CallContext, 'clock' | 'random'>): string {
  const tail = Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0');
  return `${new Date(clock.now()).toISOString()}-${tail}`;
}
