import type { CallContext, Judge } from '@postern/core';
import type { CallGateway } from '@postern/core/probe';
import type { Notifier } from '@postern/core/watch';
import type { Ingress } from '../engine/ingress.js';
import type { Control } from './worker-processes.js';
import type { DriverOf, Works } from './works.js';
import type { Attempts } from './failures.js';
import type { HandoverAccess } from './handover-access.js';
import type { News } from './news.js';
import type { SharedPace } from './shared-pace.js';

/** What the services of a worker share. */
export interface Setting extends Attempts {
  readonly ingress: Ingress;
  readonly driverOf: DriverOf;
  /** Without a pace: that is over all workers. */
  readonly context: CallContext;
  readonly judge: Judge;
  readonly callGateway?: CallGateway | undefined;
  /** Without it hand-overs are refused. */
  readonly handoverAccess?: HandoverAccess | undefined;
  /** Who receives the changes that rounds of `watch` find. */
  readonly notifiers: readonly Notifier[];
  /** How many times faster than real time the clouds are; 1 but for simulated ones. */
  readonly timeScale: number;
  readonly control: Control;
  readonly pace: SharedPace;
  readonly works: Works;
  readonly news: News;
  /** Names this process; another one has another name. */
  readonly process: string;
  /** Steps whose effect began in this process and whose answer is not recorded yet. */
  readonly begun: Set<string>;
}
