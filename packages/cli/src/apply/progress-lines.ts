import type { RunEvent } from '@postern/core';
import { displayText, lengthOfTime } from '@postern/core/report';
import type { Io } from '../process/io.js';
import { type Progress, waitingText } from './progress.js';

/** The interval of lines about a step that still waits, in milliseconds of the run's clock. */
const WAIT_LINE_MS = 60_000;

/** A line for each thing that happens, in the order in which it happens: for logs. */
export function progressLines(io: Io): Progress {
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
