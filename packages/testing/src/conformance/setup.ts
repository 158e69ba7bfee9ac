import type { Clock, Driver, ErrorCode, GatewayKind, GatewaySpec, LinkKind, TargetRef } from '@postern/core';
import type { GatewayTraits, LinkTraits } from '@postern/core/adapter';
import type { FaultRule, Simulation } from '@postern/simulator';

/** A point in a driver at which a call can fail, under a name for every cloud. */
export type FaultPoint =
  | 'read identity'
  | 'prepare allowlist' // the resource that holds an allowlist, where the cloud has one
  | 'create link'
  | 'create target' // where a target is a resource
  | 'rename link'
  | 'delete link'
  | 'list links'
  | 'create route'
  | 'create integration' // the resource between route and target, where the cloud has one
  | 'delete route'
  | 'list routes'
  | 'list targets'
  | 'list interfaces'
  | 'list subnets'
  | 'allow'
  | 'deploy';

/** The failure at that point. Its meaning is that of the simulator's fault rules. */
export interface Fault {
  readonly kind: 'throttle' | 'error' | 'lost' | 'reset' | 'slow' | 'deny' | 'expired' | 'html' | 'truncate' | 'stale';
  /** How many matching calls succeed first. */
  readonly after?: number | undefined;
  /** How many calls fail; all without it. */
  readonly times?: number | undefined;
  /** Milliseconds: how slow, how stale. */
  readonly ms?: number | undefined;
}

/** A way to add faults. */
export interface Faults {
  /**
   * Adds a fault at a point. It has no effect at a point that the cloud has no call for. @throws {Error} for
   * a point that the setup does not support.
   */
  readonly add: (point: FaultPoint, fault: Fault) => void;
  readonly clear: () => void;
  /** When the calls at a point were sent so far, in milliseconds of the cloud's time. */
  readonly sent?: ((point: FaultPoint) => readonly number[]) | undefined;
}

/** The most that is sent of a call that is always throttled, and how the step ends. */
export interface Throttled {
  readonly code: ErrorCode;
  readonly calls: number;
  /** Milliseconds from the first to the last. */
  readonly ms: number;
}

/** What is carried out whose calls are the same in each run. */
export type Occasion = 'complete marks' | 'forget' | 'move link' | 'move integration';

/** The calls that change something on the cloud, by their operations. */
export interface Writes {
  /** Those that the cloud has answered so far. */
  readonly made: () => readonly string[];
  /** Those of each occasion, sorted. */
  readonly due: Readonly<Record<Occasion, readonly string[]>>;
}

/** What must exist before a driver can be tested. All of it is real to the cloud that the driver talks to. */
export interface ConformanceWorld {
  /** The network that links connect to. */
  readonly networkId: string;
  /** At least two subnets of it, in which the cloud serves links. */
  readonly subnetIds: readonly string[];
  /** At least one security group of it. */
  readonly securityGroupIds: readonly string[];
  /** A subnet of it that has no address left. */
  readonly fullSubnetId: string;
  /** What becomes of a link there: by default it is created and fails. */
  readonly fullSubnet?: 'refused' | undefined;
  /** Another network with a subnet, and a target in it. */
  readonly elsewhere: { readonly networkId: string; readonly subnetIds: readonly string[]; readonly target: TargetRef };
  /** At least two targets in the network. */
  readonly targets: readonly [TargetRef, TargetRef, ...TargetRef[]];
  /** One that does not exist. */
  readonly missingTarget: TargetRef;
  /** A gateway without routes. */
  readonly gateway: { readonly id: string; readonly ref: GatewaySpec };
  /** Another one without routes, where all routes of a gateway lead over one link. */
  readonly secondGateway?: GatewaySpec | undefined;
  /** A stage of the gateway without automatic deployment, where the cloud has such stages. */
  readonly stage?: string | undefined;
  /** Ids of a link and a gateway that never existed, well-formed. */
  readonly missing: { readonly linkId: string; readonly gatewayId: string };
  /** Route keys that the gateway accepts; at least three. By default `ANY /orders/{proxy+}` and the like. */
  readonly routeKeys?: readonly string[] | undefined;
  /** What `path` of a target can be, where a gateway has no choice. */
  readonly path?: 'overwrite' | undefined;
  /**
   * Adds more unmanaged routes to the gateway than one page of the cloud's lists holds, and returns their
   * number.
   */
  readonly fillRoutes: () => number | Promise<number>;
  /** What `links.create` needs beside subnets and groups on this cloud. */
  readonly native?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The load balancers that links are made of, for a kind that has no subnets and groups of its own: one for each link
   * that a check makes, and the targets are those of the first.
   */
  readonly loadBalancerIds?: readonly [string, string] | undefined;
  /** An existing link, for clouds whose driver creates none. */
  readonly linkId?: string | undefined;
}

/** A driver, ready to be tested, with the world that it finds. */
export interface ConformanceSetup {
  readonly driver: Driver;
  /** The kinds that the checks are about; by default the first ones that the driver serves. */
  readonly kinds?: { readonly link: LinkKind; readonly gateway: GatewayKind } | undefined;
  readonly world: ConformanceWorld;
  /** The cloud's time; a simulated cloud's clock makes waits short. */
  readonly clock: Clock;
  /** The same driver for an endpoint without a server. */
  readonly unreachable?: Driver | undefined;
  /** Without it, every check of errors is skipped. */
  readonly faults?: Faults | undefined;
  /** How many calls the cloud has answered so far. */
  readonly calls?: (() => number) | undefined;
  /** The driver in another process, which is killed before or after the cloud carries out its write number `killedAt`, from 1. */
  readonly process?: ((killedAt?: number, when?: 'before' | 'after') => Driver) | undefined;
  /** What an apply sends where a call is always throttled, in the order of an apply: compared where given. */
  readonly throttled?: Partial<Readonly<Record<FaultPoint, Throttled>>> | undefined;
  /** The gateway's routes, what is behind them and their stages, as the cloud itself lists them: compared where given. */
  readonly state?: (() => unknown) | undefined;
  /** Without it, it is not checked which calls change something. */
  readonly writes?: Writes | undefined;
  /** The fact behind each trait that makes the suite skip something: one sentence, with its source. */
  readonly facts?:
    | Partial<
        Readonly<
          Record<keyof LinkTraits | keyof GatewayTraits | 'faults' | 'unreachable' | 'process' | 'subnets', string>
        >
      >
    | undefined;
  /** Called after each check. */
  readonly close?: (() => void | Promise<void>) | undefined;
}

/** The calls behind a point, as the simulator's journal names them. */
export type FaultCalls = Readonly<
  Partial<Record<FaultPoint, readonly { readonly service: string; readonly operation: string }[]>>
>;

/** Faults for a driver that talks to a simulated cloud: each point is a list of its operations. */
export function simulatorFaults(simulation: Pick<Simulation, 'faults' | 'journal'>, calls: FaultCalls): Faults {
  const rowsOf = (point: FaultPoint) => {
    const rows = calls[point];
    if (!rows) throw new Error(`The setup names no call for "${point}".`);
    return rows;
  };
  return {
    add: (point: FaultPoint, fault: Fault) => {
      for (const row of rowsOf(point)) simulation.faults.add({ ...row, ...fault } satisfies FaultRule);
    },
    clear: () => simulation.faults.clear(),
    sent: (point: FaultPoint) => {
      const operations = rowsOf(point).map(({ operation }) => operation);
      const sent = simulation.journal().filter(({ operation }) => operations.includes(operation));
      return sent.map(({ time }) => Date.parse(time));
    },
  };
}

/** The operations of a simulated cloud that changed something so far. */
export const simulatorWrites = (simulation: Pick<Simulation, 'journal'>) => (): readonly string[] =>
  simulation
    .journal()
    .map(({ operation }) => operation)
    .filter((operation) => !/^(?:Get|Describe|List|Export)/.test(operation));
