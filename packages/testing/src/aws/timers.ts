import type { AwsCall } from './call.js';

/**
 * What happens when a timer falls due: a function of the world and the timer's data. Timers stand in the world as plain
 * data (`{ at, region, kind, data }`), so that a saved world goes on where it was.
 */
export type TimerHandler = (call: AwsCall, data: Readonly<Record<string, string | number>>) => void;

export type TimerHandlers = Readonly<Record<string, TimerHandler>>;
