import { memberOf, withFunctions } from '../forms/values.js';
import type { CloudTime } from '../../ground/clocks/cloud-time.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { Pacer } from '../../ground/calls/pacer.js';
import type { Driver } from '../driver.js';
import type { Clock } from '../../ground/clock.js';

export const paceForm = withFunctions<Pacer>('what createPacer() returns', 'slot', 'slowDown');
export const timeForm = withFunctions<CloudTime>('what cloudTime() returns', 'now', 'heard');
export const contextForm = memberOf<CallContext>('what createContext() returns', ['clock', 'random', 'pace']);
export const driverForm = memberOf<Driver>('a driver of a cloud', ['provider', 'region']);

/** A clock of `@postern/core`, a simulator's, or a program's own. */
export const clockForm = withFunctions<Clock>('a clock', 'now', 'monotonicMs', 'sleep');
