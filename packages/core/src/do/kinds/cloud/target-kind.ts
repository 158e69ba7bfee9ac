import { parseAddress } from '../../../cidr/address.js';
import type { LoadBalancer } from '../../model/load-balancer.js';
import type { Target, TargetRef } from '../../model/target.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { GatewayKindTraits } from '../gateway/gateway-traits.js';
import type { DeclaredTargetPlace, SpecFault } from './declared.js';
import type { SpecKey } from './spec-keys.js';

/** What is known of a target that was read; of one that was not, its ID. */
export type SeenTarget = Pick<Target, 'id'> &
  Partial<Pick<Target, 'kind' | 'name' | 'resourceId' | 'port' | 'endpoints' | 'registered'>>;

/** Where a link would call what a spec names. */
export interface CalledPlace {
  readonly region: RegionSnapshot;
  /** The kind of gateway whose routes would use it. */
  readonly gateway: GatewayKindTraits;
}

/** Why a link cannot call what a spec names. */
export interface Misfit {
  /** Set where a finding has a code of its own. */
  readonly code?: 'NOT_NETWORK_BALANCER' | 'OTHER_BALANCER' | 'GATEWAY_BALANCER' | undefined;
  /** The reason, and the facts that decide. They are published with the finding. */
  readonly facts: Readonly<Record<string, string | readonly (string | { readonly [fact: string]: string | number })[]>>;
  /** What follows the target and "is" in the message: `not an ARN`. */
  readonly text: string;
  readonly remedy: string;
}

/** Where a value says that a target is. An account that it does not name is empty. */
export interface TargetRegion {
  readonly region: string;
  readonly account: string;
}

/** How a spec names backends by one key: `listener`, `instance`. The key is that of the kind in `Cloud.targets`. */
export interface TargetKind extends SpecKey {
  /** Whether a port is written beside it. */
  readonly hasPort?: true | undefined;
  /** What it names that has an address of its own: `the ECS or CLB instance`, and the same as examples. */
  readonly addressed?: { readonly called: string; readonly examples: string } | undefined;
  /** The attributes that hold the address and the port of an instance of the service that it names. */
  readonly addressAttribute?: string | undefined;
  readonly portAttribute?: string | undefined;
  /** Whether it means a resource that exists, also where links create resources for other targets. */
  readonly mustExist?: true | undefined;
  /** Other keys by which a request of a program names one: `listenerArn`. */
  readonly requests?: Readonly<Record<string, TargetRequestKey>> | undefined;
  /** What is wrong with the value of the key, by the spec alone; none where nothing is. Its path is from the key. */
  readonly faults: (value: unknown, place: DeclaredTargetPlace) => readonly SpecFault[];
  /** Why no link can call what the value names, for `target/kind`; undefined where nothing is against it. */
  readonly misfit?: ((value: unknown, place: CalledPlace) => Misfit | undefined) | undefined;
  /** The kind of load balancer that the value, or the ID of a target, names, where its text says it. */
  readonly balancerKind?: ((value: unknown) => LoadBalancer['kind'] | undefined) | undefined;
  /** Where its value is a map that names a load balancer: after a move, a spec names another one there. */
  readonly namesBalancer?: NamedBalancer | undefined;
  /** Where the text of the value says that the target is: then `target/exists` does not look for it elsewhere. */
  readonly regionOf?: ((value: unknown) => TargetRegion | undefined) | undefined;
  /** The value of the key that names a target, for a spec of what exists; undefined where another kind names it, or none. */
  readonly written?: ((target: SeenTarget) => unknown) | undefined;
}

/** How the value of a key names a load balancer. */
export interface NamedBalancer {
  /** The member of the value. */
  readonly member: string;
  /** What is written there for a load balancer of this ID or name. */
  readonly written: (balancer: string) => string;
  /** What to do by hand where the value is not a map. It follows the path of the value: `is an ARN: write …`. */
  readonly byHand: (written: string) => string;
}

/** A key of a request, which takes a text. */
export interface TargetRequestKey {
  readonly hasPort?: true | undefined;
  /** The value of the key of a spec. */
  readonly written: (text: string, port: number | undefined) => unknown;
}

const PLAIN = { hasPort: true, faults: () => [] } as const;

/** An IP address and a port. */
export const ADDRESS = {
  ...PLAIN,
  form: 'IP address',
  about: 'An IP address that the link reaches.',
  examples: ['10.20.0.7'],
  written: (target: SeenTarget) => {
    const [host, ...others] = hostsOf(target);
    return host !== undefined && others.length === 0 && isAddress(host) ? host : undefined;
  },
} as const satisfies TargetKind;

/** The target of a reference by address, which needs no resource; undefined of another reference. */
export function plainAddress({ address, port }: TargetRef): PlainAddress | undefined {
  if (typeof address !== 'string' || port === undefined) return undefined;

  return { kind: 'address', id: `${address}:${port}`, resourceId: address, port, raw: null };
}

/** A target that is an address and a port. */
export interface PlainAddress extends Target {
  readonly resourceId: string;
  readonly port: number;
}

/** Several IP addresses and a port. */
export const ADDRESSES = {
  ...PLAIN,
  form: { listOf: 'IP address', most: 100 },
  about: 'IP addresses that share the calls, all on one port.',
  examples: [['10.20.0.7', '10.20.0.8']],
  written: (target: SeenTarget) => {
    const hosts = hostsOf(target);
    return hosts.length > 1 && hosts.every(isAddress) ? hosts : undefined;
  },
} as const satisfies TargetKind;

/** A DNS name and a port. */
export const DNS_NAME = {
  ...PLAIN,
  form: 'host name',
  about: 'A DNS name that the link resolves in its VPC.',
  examples: ['orders.internal'],
  written: (target: SeenTarget) => {
    const [host, ...others] = target.endpoints === undefined ? [] : hostsOf(target);
    return host !== undefined && others.length === 0 && !isAddress(host) ? host : undefined;
  },
} as const satisfies TargetKind;

/** The hosts that a target leads to, all on its port; none where another port is among them. */
function hostsOf({ kind, resourceId, port, endpoints }: SeenTarget): readonly string[] {
  if (endpoints === undefined)
    return resourceId !== undefined && (kind === 'instance' || kind === 'address') ? [resourceId] : [];

  const hosts = endpoints.flatMap((text) => (text.endsWith(`:${port}`) ? text.slice(0, -`:${port}`.length) : []));
  return hosts.length < endpoints.length ? [] : hosts;
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text);
    return true;
  } catch {
    return false;
  }
}
