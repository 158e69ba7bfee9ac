import type { Form } from '../forms/form.js';
import { choice, withFunctions } from '../forms/values.js';
import type { CloudTime } from '../../ground/clocks/cloud-time.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { Pacer } from '../../ground/calls/pacer.js';
import type { Driver } from '../driver.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Clock } from '../../ground/clock.js';

export const paceForm = withFunctions<Pacer>('what createPacer() returns', 'slot', 'slowDown');
export const timeForm = withFunctions<CloudTime>('what cloudTime() returns', 'now', 'heard');
export const contextForm = memberOf<CallContext>('what createContext() returns', ['clock', 'random', 'pace']);
export const driverForm = memberOf<Driver>('a driver of a cloud', ['provider', 'region']);

/**
 * A snapshot: that its regions have their lists is known of what `observe` and `decodeSnapshot` return, and millions of
 * members are not looked at again.
 */
export const snapshotArgument = memberOf<Snapshot>('what observe() or decodeSnapshot() returns', [
  'version',
  'regions',
  'takenAt',
]);

/** An object that a function of Postern made, recognized by some of its members. */
export function memberOf<T>(expected: string, members: readonly (keyof T & string)[]): Form<T> {
  return choice(expected, (given) => {
    if (typeof given !== 'object' || given === null) return undefined;
    const known = members.every((key) => (given as Record<string, unknown>)[key] !== undefined);
    return known ? ({ check: () => undefined, schema: {} } as Form<T>) : undefined;
  });
}

/** A clock of `@postern/core`, a simulator's, or a program's own. */
export const clockForm = withFunctions<Clock>('a clock', 'now', 'monotonicMs', 'sleep');
