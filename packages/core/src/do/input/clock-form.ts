import type { Clock } from '../../ground/clock.js';
import { withFunctions } from '../forms/values.js';

/** A clock of `@postern/core`, a simulator's, or a program's own. */
export const clockForm = withFunctions<Clock>('a clock', 'now', 'monotonicMs', 'sleep');
