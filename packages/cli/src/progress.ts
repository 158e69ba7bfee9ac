import { displayText, type Plan, type RunEvent } from '@postern/core';
import type { Io } from './io.js';
import { count, jsonLines, lengthOfTime } from './output.js';

/** Somebody who is told what happens in a run. */
export interface Progress {
  readonly event: (event: RunEvent) => void;
  /** After the last event, also when the run ended badly. */
  readonly end: () => Promise<void>;
}

/** How often a line says that a step still waits, in milliseconds of the run's clock. */
const WAIT_LINE_MS = 60_000;

function jsonProgress(io: Io): Progress {
  const line = jsonLines(io);
  return { event: line, end: () => Promise.resolve() };
}

/** A line for each thing that happens, in the order in which it happens: for logs. */
function plainProgress(io: Io): Progress {
  const waited = new Map<string, number>();
  const line = (text: string): void => io.stdout.write(`${displayText(text)}\n`);
  const event = (one: RunEvent): void => {
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
  return { event, end: () => Promise.resolve() };
}

/** `link a1b2c3 is PENDING, 1 m 5 s` */
export function waitingText({ message, elapsedMs }: Extract<RunEvent, { type: 'step.waiting' }>): string {
  return `${message}, ${lengthOfTime(elapsedMs)}`;
}

/** A list that is longer than a screen flickers and scrolls away. */
const MOST_ROWS = 30;

/** The way to show a run: JSON lines, a living list on a terminal, plain lines elsewhere. */
export async function progressFor(io: Io, plan: Plan, json: boolean): Promise<Progress> {
  if (json) return jsonProgress(io);
  const steps = plan.units.reduce((sum, unit) => sum + unit.steps.length, 0);
  if (!io.stdout.isTerminal || steps > MOST_ROWS) return plainProgress(io);
  const { listProgress } = await import('./list-progress.js');
  return listProgress(plan);
}

/** `Done: 5 changes, 2 unchanged.` */
export function summary(event: Extract<RunEvent, { type: 'run.done' }>): string {
  const parts = [count(event.applied, 'change'), `${event.unchanged} unchanged`];
  if (event.failed > 0) parts.push(`${event.failed} failed`);
  if (event.skipped > 0) parts.push(`${event.skipped} not tried`);
  return `${event.failed > 0 ? 'Failed' : 'Done'}: ${parts.join(', ')}.`;
}
