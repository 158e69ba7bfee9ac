import type { CallContext } from '../calls/call-context.js';
import type { Driver } from '../driver.js';
import type { Journal } from './journal.js';
import { gate, lanes } from './lanes.js';
import { localRun } from './local-run.js';
import { pollUnit, type LinkWaits } from './units/poll-unit.js';

/** The one poller of a driver's account and region. */
export type Polls = (driver: Driver, account: string) => LinkWaits;

/**
 * Makes pollers when they are first asked for. A poll never queues behind steps, and is ended by those who wait, not by an
 * abort: each wait has a signal of its own.
 */
export function createPolls(
  context: CallContext,
  journal: Journal,
  run: string,
  onBroken: (error: unknown) => void = () => undefined,
): Polls {
  const pollers = new Map<string, LinkWaits>();
  const { signal } = new AbortController();
  const shared = { run, context: { ...context, signal: undefined }, journal, signal, onBroken };
  return (driver, account) => {
    const unit = `poll:${driver.provider}/${driver.region}/${account}`;
    const known = pollers.get(unit);
    if (known !== undefined) return known;
    const poller = pollUnit(localRun(unit, { ...shared, gate: gate(1), lanes: lanes() }), driver);
    pollers.set(unit, poller);
    return poller;
  };
}
