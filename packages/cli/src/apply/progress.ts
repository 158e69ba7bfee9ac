import type { RunEvent } from '@postern/core/internal/library';
import { counted, lengthOfTime, displayText } from '@postern/core/internal/report';
import type { Io } from '../process/io.js';

/** Receives the events of a run. */
export interface Progress {
  readonly event: (event: RunEvent | { readonly type: string }) => void;
  /** After the last event, also when the run ended badly. */
  readonly end?: () => Promise<void>;
}

/** `link a1b2c3 is PENDING, 1 min 5 s`; without the time where no time has passed. */
export function waitingText({ message, elapsedMs }: Extract<RunEvent, { type: 'step.waiting' }>): string {
  return elapsedMs === 0 ? message : `${message}, ${lengthOfTime(elapsedMs)}`;
}

/** The interval of lines about a step that still waits, in milliseconds of the run's clock. */
const WAIT_LINE_MS = 60_000;

/** A line for each thing that happens, in the order in which it happens: for logs. */
export function progressLines(io: Io): Progress {
  const waited = new Map<string, number>();
  const line = (text: string): void => io.stdout.write(`${displayText(text)}\n`);
  const event: Progress['event'] = (given) => {
    const one = given as RunEvent; // what is not of a step is not shown
    switch (one.type) {
      case 'step.started':
        return line(`${one.step} …`);
      case 'step.progress':
        return line(`${one.step}: ${one.message}`);
      case 'step.retried':
        return line(`${one.step}: attempt ${one.attempt}: ${one.message}`);
      case 'step.waiting': {
        const last = waited.get(one.step) ?? Number.NEGATIVE_INFINITY;
        if (one.elapsedMs - last < WAIT_LINE_MS) return undefined;

        waited.set(one.step, one.elapsedMs);
        return line(`${one.step}: ${waitingText(one)}`);
      }
      case 'step.done':
        return line(`${one.step}: done in ${lengthOfTime(one.durationMs)}`);
      case 'step.failed':
        return line(`${one.step}: ${one.error.code === 'ABORTED' ? 'interrupted' : 'failed'}`);
      default:
        return undefined;
    }
  };
  return { event };
}

/** The last event of a run. */
export type RunDone = Extract<RunEvent, { readonly type: 'run.done' }>;

/** `Done: 5 changes, 2 unchanged.` */
export function runSummary(event: RunDone): string {
  const parts = [counted(event.applied, 'change'), `${event.unchanged} unchanged`];
  const { failed, interrupted = 0 } = event;
  if (interrupted > 0) parts.push(`${interrupted} interrupted`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (event.skipped > 0) parts.push(`${event.skipped} not tried`);
  return `${failed > 0 ? 'Failed' : interrupted > 0 ? 'Interrupted' : 'Done'}: ${parts.join(', ')}.`;
}
