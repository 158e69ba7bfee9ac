import type { AlibabaCall } from './call.js';

/**
 * What happens when a timer falls due: a function of the world and the timer's data. Timers stand in the world as plain
 * data (`{ at, region, kind, data }`), so that a saved world goes on where it was.
 */
export type AlibabaTimerHandler = (call: AlibabaCall, data: Readonly<Record<string, string | number>>) => void;

export type AlibabaTimerHandlers = Readonly<Record<string, AlibabaTimerHandler>>;
