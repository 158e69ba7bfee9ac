import type { RunEvent } from '@postern/core';
import { count } from '../output/quantities.js';

/** `Done: 5 changes, 2 unchanged.` */
export function runSummary(event: Extract<RunEvent, { type: 'run.done' }>): string {
  const parts = [count(event.applied, 'change'), `${event.unchanged} unchanged`];
  const { failed, interrupted = 0 } = event;
  if (interrupted > 0) parts.push(`${interrupted} interrupted`);
  if (failed > 0) parts.push(`${failed} failed`);
  if (event.skipped > 0) parts.push(`${event.skipped} not tried`);
  return `${failed > 0 ? 'Failed' : interrupted > 0 ? 'Interrupted' : 'Done'}: ${parts.join(', ')}.`;
}
