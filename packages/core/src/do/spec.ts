import type { SourcePlace } from '../ground/errors.js';
import type { PortRange } from './model/allowlist.js';
import type { GatewaySpec, StageSettings } from './model/gateway.js';
import type { LinkKind } from './model/link.js';
import type { Move } from './model/moves.js';
import type { LookUp } from './model/reference.js';
import type { RouteSettings } from './model/route.js';
import type { TargetRef, TargetTls } from './model/target.js';

export type { LookUp };

/** A link as declared. Either `id` (adopt), or what it is created from, `subnets` or `loadBalancer` (create, or adopt the managed one). */
export interface LinkSpec {
  readonly provider: string;
  readonly region: string;
  readonly account?: string | undefined;
  readonly profile?: string | undefined;
  readonly assumeRole?: string | undefined;
  /** What kind of link it is, where the cloud has several; undefined: the first one. */
  readonly kind?: LinkKind | undefined;
  /** Adopt the link with this id, or the one that a look-up finds. */
  readonly id?: LookUp | undefined;
  /** The link's name on the cloud; by default its name in the spec. */
  readonly name?: string | undefined;
  readonly network?: LookUp | undefined;
  readonly subnets?: readonly LookUp[] | undefined;
  readonly securityGroups?: readonly LookUp[] | undefined;
  /** The load balancer of a link that is made for one: its name or ARN. */
  readonly loadBalancer?: string | undefined;
  /** Canonical CIDR blocks. Undefined means: not managed. */
  readonly allowlist?: readonly string[] | undefined;
  /** The TCP ports of blocks of `allowlist` that name their own; the others allow the ports of the link's targets. */
  readonly allowPorts?: Readonly<Record<string, readonly PortRange[]>> | undefined;
  /** The security groups of backends that admit the link, each with TCP ports; without ports those of the link's targets. */
  readonly allowGroups?: Readonly<Record<string, readonly PortRange[]>> | undefined;
  /** `external`: checked and moved, never created, changed or deleted. */
  readonly owner?: 'external' | undefined;
  readonly protect?: boolean | undefined;
  readonly timeouts?: Timeouts | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly native?: Readonly<Record<string, unknown>> | undefined;
}

/** Milliseconds; written `10m`, `90s` in a spec. */
export interface Timeouts {
  readonly createMs?: number | undefined;
  readonly deleteMs?: number | undefined;
}

/** Facts that no API provides. A result that depends on one names it. */
export interface AssumedFacts {
  /**
   * Blocks that a gateway's own network uses in a region, by region: `{ 'cn-hangzhou': ['10.200.0.0/16'] }`.
   */
  readonly internalBlocks?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Blocks outside the cloud whose routers send answers back to the link. */
  readonly returnPaths?: readonly string[] | undefined;
  /** What a stage's variables hold, by gateway id, then stage, then name. */
  readonly stageVariables?:
    Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> | undefined;
  /**
   * Servers that a registry returns, by its address as given in a backend: `{ '10.0.0.5:8848':
   * ['10.0.1.7:8080'] }`.
   */
  readonly registries?: Readonly<Record<string, readonly string[]>> | undefined;
  /**
   * The `Host` values of calls to a target, in lower case: by integration, then target: `{ orders: { main:
   * ['orders.internal'] } }`.
   */
  readonly hosts?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> | undefined;
}

export interface TargetSpec {
  readonly ref: TargetRef;
  /**
   * The backend's own allowlist, where it is not in the cloud: that of a host or an on-premises firewall.
   * Canonical blocks.
   */
  readonly admits?: readonly string[] | undefined;
  readonly tls?: TargetTls | undefined;
  readonly path?: 'keep' | undefined;
}

/** Routes of one gateway to targets behind one link. */
export interface IntegrationSpec {
  /** A name of `Spec.links`. A link written inside an integration is listed there under the integration's name. */
  readonly link: string;
  readonly gateway: GatewaySpec;
  readonly targets: Readonly<Record<string, TargetSpec>>;
  /** Route key → name of a target. */
  readonly routes: Readonly<Record<string, string>>;
  /** Route key → settings, of routes that declare some. */
  readonly settings?: Readonly<Record<string, RouteSettings>> | undefined;
  /** What is written beside the ID of the gateway, for the stages that the routes are deployed to. */
  readonly stageSettings?: StageSettings | undefined;
  readonly owner?: 'external' | undefined;
  /** Whether unmanaged routes that match the declaration are taken over. */
  readonly adopt?: boolean | undefined;
  readonly protect?: boolean | undefined;
}

/** The desired state, parsed and with defaults filled in. */
export interface Spec {
  readonly version: 1;
  readonly project: string;
  /** Which of the project's specs this is: part of every mark. */
  readonly spec: string;
  readonly links: Readonly<Record<string, LinkSpec>>;
  readonly integrations: Readonly<Record<string, IntegrationSpec>>;
  /** Keys that were renamed: what is marked with the former name keeps its resources, and gets new marks. */
  readonly moved?: readonly Move[] | undefined;
  readonly assume?: AssumedFacts | undefined;
  readonly ignore?:
    | readonly {
        readonly check: string;
        readonly subject?: string | undefined;
        readonly reason: string;
        readonly until?: string | undefined;
      }[]
    | undefined;
  /**
   * The position of each path of keys (`links.eu.subnets[0]`) in the file, for errors. The one member that is a function: JSON leaves it
   * out, `structuredClone` refuses it, and without it errors have the path alone.
   */
  readonly places?: ((path: string) => SourcePlace | undefined) | undefined;
  /** Values of variables, which the spec has. Errors and reports show the name in place of the value: `${env:NAME}`. */
  readonly hidden?: readonly { readonly value: string; /** `env:NAME` */ readonly name: string }[] | undefined;
}
