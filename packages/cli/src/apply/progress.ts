import type { RunEvent } from '@postern/core';
import { lengthOfTime } from '@postern/core/report';

/** Receives the events of a run. */
export interface Progress {
  readonly event: (event: RunEvent) => void;
  /** After the last event, also when the run ended badly. */
  readonly end: () => Promise<void>;
}

/** `link a1b2c3 is PENDING, 1 min 5 s`; without the time where no time has passed. */
export function waitingText({ message, elapsedMs }: Extract<RunEvent, { type: 'step.waiting' }>): string {
  return elapsedMs === 0 ? message : `${message}, ${lengthOfTime(elapsedMs)}`;
}
