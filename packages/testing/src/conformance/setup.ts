import type { Clock, Driver, GatewayKind, GatewaySpec, LinkKind, TargetRef } from '@postern/core/internal/library';
import type { FaultRule, Simulation } from '@postern/simulator/internal/simulation';
import type { AbilityName } from '@postern/core/internal/adapter';

/** Parts of a harness that a check needs beside its must. */
export const PARTS = ['faults', 'unreachable', 'process'] as const;
export const WORLD_PARTS = ['elsewhere', 'missingTarget', 'fullSubnetId', 'fillRoutes'] as const;

/**
 * What a check needs beside the must: an ability of the driver, a part of the harness, or links with subnets. Without it the check is
 * skipped.
 */
export type Need = AbilityName | (typeof PARTS)[number] | (typeof WORLD_PARTS)[number] | 'subnets';

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
}

/** What must exist before a driver can be tested. All of it is real to the cloud that the driver talks to. */
export interface RequiredWorld {
  /** The network that links connect to. */
  readonly networkId: string;
  /** At least two subnets of it, in which the cloud serves links. */
  readonly subnetIds: readonly string[];
  /** At least two targets in the network. */
  readonly targets: readonly [TargetRef, TargetRef, ...TargetRef[]];
  /** A gateway without routes. */
  readonly gateway: { readonly id: string; readonly ref: GatewaySpec };
  /** Ids of a link and a gateway that never existed, well-formed. */
  readonly missing: { readonly linkId: string; readonly gatewayId: string };
}

/** What more a world may have: for checks that are skipped without it, and for clouds that differ. */
export interface ConformanceWorld extends RequiredWorld {
  /** At least one security group of the network, where links have them. */
  readonly securityGroupIds?: readonly string[] | undefined;
  /** Another network with a subnet, and a target in it. */
  readonly elsewhere?:
    { readonly networkId: string; readonly subnetIds: readonly string[]; readonly target: TargetRef } | undefined;
  /** A target that does not exist. */
  readonly missingTarget?: TargetRef | undefined;
  /** A subnet of the network that has no address left. */
  readonly fullSubnetId?: string | undefined;
  /** What becomes of a link there. Default: it is created and fails. */
  readonly fullSubnet?: 'refused' | undefined;
  /** Another gateway without routes, where all routes of a gateway lead over one link. */
  readonly secondGateway?: GatewaySpec | undefined;
  /** With the ability `stages`: a stage of the gateway without automatic deployment. */
  readonly stage?: string | undefined;
  /** Route keys that the gateway accepts; at least three. Default: `ANY /orders/{proxy+}` and the like. */
  readonly routeKeys?: readonly string[] | undefined;
  /** What `path` of a target can be, where a gateway has no choice. */
  readonly path?: 'overwrite' | undefined;
  /** Adds more unmanaged routes to the gateway than one page of the cloud's lists holds, and returns their number. */
  readonly fillRoutes?: (() => number | Promise<number>) | undefined;
  /** What `links.create` needs beside subnets and groups on this cloud. */
  readonly native?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The load balancers that links are made of, for a kind that has no subnets and groups of its own: one for each link
   * that a check makes, and the targets are those of the first.
   */
  readonly loadBalancerIds?: readonly [string, string] | undefined;
  /** A link that exists, for checks that need one and no more: each gets it in place of a new one. */
  readonly linkId?: string | undefined;
}

/** The must of a harness: a driver, ready to be tested, with the world that it finds. */
export interface RequiredSetup {
  readonly driver: Driver;
  readonly world: ConformanceWorld;
  /** The cloud's time; a simulated cloud's clock makes waits short. */
  readonly clock: Clock;
}

/** A harness: its must, and what more it may have. */
export interface ConformanceSetup extends RequiredSetup {
  /** Called after each check. */
  readonly close?: (() => void | Promise<void>) | undefined;
  /** The kinds that the checks are about. Default: the first ones that the driver serves. */
  readonly kinds?: { readonly link: LinkKind; readonly gateway: GatewayKind } | undefined;
  /** Makes calls fail. Without it, every check of errors is skipped. */
  readonly faults?: Faults | undefined;
  /** The same driver for an endpoint without a server. */
  readonly unreachable?: Driver | undefined;
  /** The driver in another process, which is killed before or after the cloud carries out its write number `killedAt`, from 1. */
  readonly process?: ((killedAt?: number, when?: 'before' | 'after') => Driver) | undefined;
  /** How many calls the cloud has answered so far: compared where given. */
  readonly calls?: (() => number) | undefined;
  /** The gateway's routes, what is behind them and their stages, as the cloud itself lists them: compared where given. */
  readonly state?: (() => unknown) | undefined;
  /** Why the cloud lacks what a check needs, shown with the checks that are skipped: one sentence, with its source. */
  readonly facts?: Partial<Readonly<Record<Need, string>>> | undefined;
}

/** The calls behind a point, as the simulator's journal names them. */
export type FaultCalls = Readonly<
  Partial<Record<FaultPoint, readonly { readonly service: string; readonly operation: string }[]>>
>;

/** Faults for a driver that talks to a simulated cloud: each point is a list of its operations. */
export function simulatorFaults(simulation: Pick<Simulation, 'faults'>, calls: FaultCalls): Faults {
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
  };
}
