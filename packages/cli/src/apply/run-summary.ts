import type { RunEvent } from '@postern/core';
import { count } from '../output/quantities.js';

/** `Done: 5 changes, 2 unchanged.` */
export function runSummary(event: Extract<RunEvent, { type: 'run.done' }>): string {
  const parts = [count(event.applied, 'change'), `${event.unchanged} unchanged`];
  if (event.failed > 0) parts.push(`${event.failed} failed`);
  if (event.skipped > 0) parts.push(`${event.skipped} not tried`);
  return `${event.failed > 0 ? 'Failed' : 'Done'}: ${parts.join(', ')}.`;
}
