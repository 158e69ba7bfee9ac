import type { Cloud } from '../cloud.js';
import type { Agenda } from '../time/agenda.js';
import type { SimulatedTime } from '../time/time.js';
import type { Decisions } from './decisions.js';

/** What calls to gateways need of a simulated world. */
export interface TrafficWorld {
  readonly clouds: readonly Cloud[];
  readonly agenda: Agenda;
  readonly decisions: Decisions;
  readonly time: Pick<SimulatedTime, 'speed'>;
  readonly now: () => number;
  /** Changes whenever a cloud may have changed. */
  readonly version: () => number;
  readonly settle: () => void;
  readonly begin: () => () => void;
  readonly sleepDuringCall: (ms: number) => Promise<void>;
}
