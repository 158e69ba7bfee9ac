import type { Clouds } from '../kinds/cloud/clouds.js';
import { strict, type Form } from '../forms/form.js';
import { choice, ruled, withFunctions } from '../forms/values.js';
import type { CloudTime } from '../../ground/clocks/cloud-time.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { Pacer } from '../../ground/calls/pacer.js';
import type { Driver } from '../driver.js';
import { ID_RULE } from '../forms/text-rules.js';
import type { LinkRef } from '../model/reference.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { linkKindForm } from './spec-form.js';
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

const anyId = ruled(ID_RULE);

/** A link that was read, a reference to one, or its ID. */
export const linkOrIdForm = (clouds: Clouds): Form<LinkRef | string> =>
  choice('a link or its ID', (given) => {
    if (typeof given === 'string') return anyId as Form<LinkRef | string>;
    if (typeof given !== 'object' || given === null) return undefined;
    const { check } = strict<LinkRef>()({ kind: linkKindForm(clouds), id: anyId });
    // A link has more members.
    return {
      check: (one, walk) => {
        const { kind, id } = one as Partial<LinkRef>;
        check({ ...(kind === undefined ? {} : { kind }), ...(id === undefined ? {} : { id }) }, walk);
      },
      schema: {},
    };
  });

/** A clock of `@postern/core`, a simulator's, or a program's own. */
export const clockForm = withFunctions<Clock>('a clock', 'now', 'monotonicMs', 'sleep');
