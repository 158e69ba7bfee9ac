import {
  PrivateIntegrations,
  type Driver,
  type EnsureLink,
  type EnsureTarget,
  type GatewaySpec,
  type RunEvent,
  type Spec,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import type { Simulation } from '@postern/simulator';
import type { RouteCall } from '../../src/harness/load-routes.js';
import type { Place } from '../../src/harness/places.js';
import type { VirtualProcess } from '../../src/harness/trial/virtual-process.js';

/** A kind of gateway, in a world with one of it. */
export interface Kind {
  readonly name: string;
  readonly place: Place;
  /** Whether commands of a link alone are tried with it: its links have an allowlist. */
  readonly hasAllowlist?: true | undefined;
  readonly driver: (process: VirtualProcess) => Driver;
  readonly build: (simulation: Simulation) => Promise<Scene>;
}

/** What programs and specs name. */
export interface Scene {
  readonly link: EnsureLink;
  readonly target: EnsureTarget;
  readonly gateway: GatewaySpec;
  /** Two routes. */
  readonly keys: readonly [string, string];
  /** A spec with both routes, and the same over another link. */
  readonly specs: readonly [Spec, Spec];
  /** Blocks that the link may be allowed to reach. */
  readonly blocks?: readonly string[] | undefined;
  readonly calls: readonly RouteCall[];
}

/** The object of a program. Its identity is not that of a spec. */
export function gateOf(kind: Kind, process: VirtualProcess, spec = 'program-7f3k2q'): PrivateIntegrations {
  const { clock, random, pace } = process.context;
  return new PrivateIntegrations(kind.driver(process), {
    judge,
    project: 'shop',
    spec,
    journal: process.journal,
    clock,
    random,
    pace,
  });
}

/** @throws the error of the first step that failed */
export async function ended(events: AsyncIterable<RunEvent>): Promise<void> {
  let failed: Error | undefined;
  for await (const event of events) {
    if (event.type !== 'step.failed') continue;
    const { code, message } = event.error;
    failed ??= Object.assign(new Error(`${event.step}: ${code}: ${message}`), { code });
  }
  if (failed !== undefined) throw failed;
}
