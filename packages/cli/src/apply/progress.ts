import type { RunEvent } from '@postern/core';
import { lengthOfTime } from '../output/quantities.js';

/** Receives the events of a run. */
export interface Progress {
  readonly event: (event: RunEvent) => void;
  /** After the last event, also when the run ended badly. */
  readonly end: () => Promise<void>;
}

/** `link a1b2c3 is PENDING, 1 m 5 s` */
export function waitingText({ message, elapsedMs }: Extract<RunEvent, { type: 'step.waiting' }>): string {
  return `${message}, ${lengthOfTime(elapsedMs)}`;
}
