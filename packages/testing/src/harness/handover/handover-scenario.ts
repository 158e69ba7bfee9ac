import type { CallContext } from '@postern/core/internal/library';
import type {
  HandoverDriver,
  HandoverFinishDriver,
  HandoverSource,
  PlanHandoverOptions,
  ResolverAnswer,
  SwitchEvent,
  TargetGateway,
  WantedRecord,
} from '@postern/alibaba/internal/handover';
import type { SavedWorld, Simulation } from '@postern/simulator/internal/simulation';
import type { RouteCall } from '../load-routes.js';
import type { Place } from '../places.js';
import type { Edit, Scenario } from '../scenario.js';
import type { VirtualProcess } from '../trial/virtual-process.js';

/** A world, and the commands that hand one of its groups over, one after the other. */
export interface HandoverScenario extends Pick<Scenario, 'name' | 'settings' | 'clockOffsetsMs'> {
  /** Makes the world, once: each trial begins with a copy of it. */
  readonly build: (simulation: Simulation) => BuiltHandover | Promise<BuiltHandover>;
  /** `handoverDriver({ region, api: process.alibaba(region) })`. */
  readonly driver: (process: VirtualProcess) => HandoverDriver & HandoverFinishDriver;
  /** `handoverReader({ region, api: process.alibaba(region) })`. */
  readonly reader: (process: VirtualProcess) => HandoverReading;
}

/** What a plan is made from. */
export interface HandoverReading {
  readonly read: (request: HandedOver, ctx: CallContext) => Promise<HandoverSource>;
  readonly target: (gatewayId: string, ctx: CallContext) => Promise<TargetGateway>;
}

/** The group that is handed over, and its stages. */
export interface HandedOver {
  readonly groupId: string;
  readonly stages?: readonly string[] | undefined;
}

/** What `build` made. */
export interface BuiltHandover {
  readonly place: Place;
  readonly group: HandedOver;
  /** Gateways that exist, with what no operation says of them. */
  readonly targets: readonly (Pick<TargetGateway, 'id'> & Partial<TargetGateway>)[];
  readonly plan?: Omit<PlanHandoverOptions, 'targets'> | undefined;
  /** Routes that stay unknown in a proof. */
  readonly accept?: readonly string[] | undefined;
  /** Paths that backends answer, by the name of the route. */
  readonly samples?: Readonly<Record<string, string>> | undefined;
  /** Repeated until each one has ended as it must. */
  readonly commands: readonly HandoverCommand[];
  /** How callers call: all are delivered at the start, and must be at every moment. */
  readonly routes: readonly RouteCall[];
  /** After so long callers have found out about a change, in simulated milliseconds. */
  readonly settlesMs: number;
  /** No event, record, plan, proof or error may contain one. */
  readonly secrets?: readonly string[] | undefined;
  /** The owner of the DNS, where it is not in the account. */
  readonly owner?: DnsOwner | undefined;
  /** Changes that a trial may make by hand, by name. */
  readonly edits?: Readonly<Record<string, Edit>> | undefined;
}

/** Writes records that a command names, and answers as resolvers do. */
export interface DnsOwner {
  readonly write: (simulation: Simulation, record: WantedRecord) => void;
  readonly resolve: (simulation: Simulation, name: string) => readonly ResolverAnswer[];
}

/** One command, as a process carries it out. */
export type HandoverCommand =
  | { readonly does: 'plan' | 'run' | 'prove' | 'rollback' }
  /** After the drain everything of the classic side is removed. Callers whose resolver ignores TTLs have found the target by then. */
  | { readonly does: 'finish' }
  | {
      readonly does: 'switch';
      /** The operator ends it after the first event for which this holds; it then need not have ended by itself. */
      readonly stopAfter?: ((event: SwitchEvent) => boolean) | undefined;
    };

/** The state with which a command must end. */
export function wantedState(command: HandoverCommand): string {
  return command.does === 'switch' && command.stopAfter !== undefined ? 'stopped' : STATES[command.does];
}

const STATES: Readonly<Record<HandoverCommand['does'], string>> = {
  plan: 'planned',
  run: 'built',
  prove: 'ready',
  switch: 'switched',
  rollback: 'rolled-back',
  finish: 'finished',
};

/** The services that a command may change: nothing of the classic one before the end. */
export const MAY_WRITE: Readonly<Record<HandoverCommand['does'], readonly string[]>> = {
  plan: [],
  run: ['apig'],
  prove: [],
  switch: ['alidns'],
  rollback: ['alidns'],
  finish: ['cloudapi', 'alidns'],
};

/** A scenario of a hand-over whose world was made. */
export interface HandoverWorld {
  readonly scenario: HandoverScenario;
  readonly built: BuiltHandover;
  readonly saved: SavedWorld;
  /** As in `World`. */
  readonly ends?: readonly (readonly string[])[] | undefined;
  readonly works?: readonly (readonly string[])[] | undefined;
}
