import type { MoveTexts } from './move-texts.js';

/**
 * A check that a cloud brings, as `ranked` of `@postern/core/check` returns it. The input of `run` is not named here, because it has
 * the set of clouds itself.
 */
export interface CheckOfCloud {
  /** Begins with the name of the cloud and a slash: `tunnel/spare`. */
  readonly id: string;
  /** Its place among the checks of core and of all clouds in reports, documentation and `explain`. Equal ranks are in order of their IDs. */
  readonly rank: number;
  readonly title: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly about: string;
  readonly sources?: readonly string[] | undefined;
  readonly unsettled?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
  readonly run: (input: never) => Iterable<object>;
}

/** What the documentation of a check of core says of one cloud. */
export interface Remark {
  /** Sentences that name the cloud or its products: they follow those of the check. */
  readonly about?: string | undefined;
  /** As `sources` of a check. */
  readonly sources?: readonly string[] | undefined;
  /** As `unsettled` of a check. */
  readonly unsettled?: readonly string[] | undefined;
}

export const remark = (about: string | undefined, sources: readonly string[]): Remark => ({ about, sources });

/** The checks that a cloud brings, and its remarks on those of core. */
export interface ChecksOfCloud {
  /** Checks of the products of this cloud alone: `ranked({ 8810: … })`. They run together with those of core. */
  readonly checks?: readonly CheckOfCloud[] | undefined;
  /** Checks of moves of its gateways alone, by the kind of gateway; made by `migrationCheck`. */
  readonly moveChecks?: Readonly<Record<string, readonly CheckOfCloud[]>> | undefined;
  /** By the ID of a check that core has. */
  readonly remarks?: Readonly<Record<string, Remark>> | undefined;
  /** What it says in reports of moves besides. */
  readonly moveTexts?: MoveTexts | undefined;
}

/** IDs from the time when all checks were in core. Specs name them in `ignore`, so they stay as they are. */
const KEPT_IDS: ReadonlySet<string> = new Set([
  'cidr/instance-block',
  'cidr/instance-block-accessible',
  'cidr/instance-block-network',
  'cidr/instance-block-routes',
  'cidr/internal-block',
  'cidr/target-outside',
  'gateway/locked',
  'gateway/on-link',
  'gateway/stage-variable',
  'link/access',
  'link/encryption',
  'link/expiry',
  'link/inactive',
  'link/instance-spec',
  'link/load-balancer',
  'link/service-role',
  'link/shared-subnet',
  'link/tags',
  'link/zone-once',
  'migrate/accessible-blocks',
  'migrate/client-network',
  'migrate/custom-domain',
  'migrate/domains',
  'migrate/https-policy',
  'migrate/ipv6',
  'migrate/locked',
  'migrate/network',
  'migrate/plain-address',
  'migrate/private-domain',
  'migrate/rate',
  'migrate/refused',
  'migrate/registry',
  'migrate/spec',
  'migrate/stage-variable',
  'migrate/switch-pending',
  'migrate/under-way',
  'target/access-list',
  'target/account',
  'target/cloud-map',
  'target/cloud-map-health',
  'target/instance-running',
  'target/internet',
  'target/intranet',
  'target/private-dns',
  'target/private-link',
  'target/region',
  'target/same-group',
  'target/service-health',
]);

/** Whether a check of a cloud may have this ID: no later check of core, or of another cloud, can have it as well. */
export const mayBring = (cloud: string, id: string): boolean => id.startsWith(`${cloud}/`) || KEPT_IDS.has(id);
