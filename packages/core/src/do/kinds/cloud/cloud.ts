import type { RegionNames } from '../../../ground/text/region-fault.js';
import type { CallerAnswer, GatewayRules, MadeAnswer } from '../gateway/gateway-rules.js';
import type { GatewayKindTraits } from '../gateway/gateway-traits.js';
import type { LinkKindRules } from '../link/link-kind.js';
import type { LinkKindTraits } from '../link/link-traits.js';
import type { LoadBalancer } from '../../model/load-balancer.js';
import type { BalancerQuotas, Quota } from '../quota.js';
import type { ChecksOfCloud } from './cloud-checks.js';
import type { CloudTypes } from './cloud-types.js';
import type { FirstSpec, NamedBackend, DeclaredLink, DeclaredPlace, SpecFault } from './declared.js';
import type { PermissionsOfCloud } from '../../snapshot/policy.js';
import type { CloudTraits } from './network-traits.js';
import type { CredentialVariables, IdKinds, RoleNames, SpecKeys } from './spec-keys.js';
import type { TargetKind } from './target-kind.js';

/**
 * A cloud as one plain value: its accounts, how its networks behave, and its kinds of link and gateway with their rules. A set of
 * them ({@link Clouds}) is given to a call, and is in what the call makes for itself. Nothing registers one.
 */
export interface Cloud<T extends CloudTypes = CloudTypes> extends ChecksOfCloud {
  /** For the compiler alone. */
  readonly types?: T | undefined;
  /** How a spec names it: `provider: aws`. */
  readonly name: string;
  /** How texts name it: `AWS`. */
  readonly title: string;
  readonly network: CloudTraits;
  /** How it names its regions: a spec with another name is refused. */
  readonly regions: RegionNames;
  /** The environment variables that hold its credentials: a spec does not read them. */
  readonly credentials: CredentialVariables;
  /** Undefined: it has none, and the file of a fleet that gives one is refused. */
  readonly roles?: RoleNames | undefined;
  /** What accounts may have, by the name that snapshots have. What is not in it is not compared. */
  readonly quotas?: Readonly<Record<string, Quota>> | undefined;
  /** The day on which the defaults of `quotas` were looked up: `2026-11-23`. */
  readonly quotasReadOn?: string | undefined;
  /** The permission that reads the quotas of an account, and where users look them up: `the console of Service Quotas`. */
  readonly quotasRead?: { readonly permission: string; readonly console: string } | undefined;
  /** What accounts may have of load balancers, by their kind. */
  readonly balancers?: Readonly<Partial<Record<LoadBalancer['kind'], BalancerQuotas>>> | undefined;
  /** By kind. The first that the cloud creates is the one that a spec means where it names none. */
  readonly links: Readonly<Record<string, LinkKind>>;
  readonly gateways: Readonly<Record<string, GatewayKind>>;
  /** How a spec names backends, by key. All that its kinds of link can lead to. */
  readonly targets: Readonly<Record<string, TargetKind>>;
  /** What its IDs begin with. Default: not known, so that no ID is refused before the cloud is read. */
  readonly ids: IdKinds;
  /** How keys of tags begin that the cloud keeps for itself: a spec with one is refused. Default: none. */
  readonly reservedTagPrefixes: readonly string[];
  /** What is wrong with a link, by the spec alone. Its path is from the link. Default: nothing, so that only the cloud refuses a link. */
  readonly linkFaults: (link: DeclaredLink, place: DeclaredPlace) => readonly SpecFault[];
  /** The keys of a spec that it brings, and what it says of those that all clouds have. */
  readonly keys?: SpecKeys | undefined;
  /** What an answer means that a load balancer of the cloud made itself. Undefined: a target answered. */
  readonly balancerAnswer?: ((answer: CallerAnswer) => MadeAnswer | undefined) | undefined;
  /** IDs of links and names of regions that no other cloud has: a command without `--provider` that is given one means this cloud. */
  readonly recognizes?: RegExp | undefined;
  /** Undefined: `postern init` writes what the other members show. */
  readonly firstSpec?: FirstSpec | undefined;
  /** Undefined: commands take no backend that a spec does not declare. */
  readonly backend?: NamedBackend | undefined;
  /** Loads the permissions of its calls. Undefined: they are not known, and a command that prints them is refused. */
  readonly loadPermissions?: (() => Promise<PermissionsOfCloud>) | undefined;
  /** Loads `checks` and `moveChecks`, where they are large: `withLoadedChecks` calls it. A driver is made without them. */
  readonly loadChecks?: (() => Promise<ChecksOfCloud>) | undefined;
}

/** A kind of gateway: what it is and allows, how it is reached, and which answers are its own. */
export interface GatewayKind extends GatewayKindTraits {
  readonly rules: GatewayRules;
}

/**
 * A kind of link: how calls leave it, and what the cloud would refuse. A kind without rules does not compile, because it would refuse
 * nothing, and no error would show it.
 */
export interface LinkKind extends LinkKindTraits {
  readonly rules: LinkKindRules;
}

/** A cloud without its rules: what an adapter needs before its first call. */
export interface TraitsOfCloud extends Pick<Cloud, 'name' | 'title' | 'network'> {
  readonly links: Readonly<Record<string, LinkKindTraits>>;
  readonly gateways: Readonly<Record<string, GatewayKindTraits>>;
}

/** The traits of a cloud alone, for an adapter that loads its rules later: see {@link withRules}. */
export function defineTraits<const C extends TraitsOfCloud>(traits: C): C {
  return frozen(traits);
}

/** What a cloud is besides its traits. */
type RulesOf<C extends TraitsOfCloud> = Omit<Cloud, keyof TraitsOfCloud> & {
  readonly links: Readonly<Record<keyof C['links'] & string, LinkKindRules>>;
  readonly gateways: Readonly<Record<keyof C['gateways'] & string, GatewayRules>>;
};

/** A cloud of its traits, and of rules for each of its kinds. Its types are those that its variable is declared with. */
export function withRules<const C extends TraitsOfCloud, T extends CloudTypes = CloudTypes>(
  traits: C,
  rules: RulesOf<C>,
): Cloud<T> {
  const { links, gateways, loadChecks, ...others } = rules;
  const cloud: Cloud = {
    ...traits,
    ...others,
    ...(loadChecks && { loadChecks: loadedOnce(loadChecks) }),
    links: ruled(traits.links, links),
    gateways: ruled(traits.gateways, gateways),
  };
  return frozen(cloud) as Cloud<T>;
}

/** The first answer again, because each `import()` asks Node's loader; after a failure it is asked anew. */
function loadedOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () =>
    (loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    }));
}

function ruled<T extends object, R>(
  kinds: Readonly<Record<string, T>>,
  rules: Readonly<Record<string, R>>,
): Record<string, T & { readonly rules: R }> {
  return Object.fromEntries(Object.entries(kinds).map(([kind, own]) => [kind, { ...own, rules: rules[kind] as R }]));
}

/** What the value of a cloud lacks. */
export function missingMember({ name }: { readonly name: string }, member: string): TypeError {
  return new TypeError(`${name}: ${member} is missing in the value of the cloud`);
}

/** A value whose tables are frozen, and theirs. */
export function frozen<T>(value: T): T {
  const isTable = Array.isArray(value) || (typeof value === 'object' && value?.constructor === Object);
  if (!isTable || Object.isFrozen(value)) return value;

  Object.values(value as object).forEach(frozen);
  return Object.freeze(value);
}

/** A cloud with its checks in it, for what judges without loading anything. */
export function withChecks<T extends CloudTypes>(cloud: Cloud<T>, checks: ChecksOfCloud): Cloud<T> {
  return { ...cloud, ...checks, loadChecks: undefined };
}

/** The members without which no function of core can ask a cloud. */
const NEEDED: Readonly<Record<'cloud' | 'link' | 'gateway', readonly string[]>> = {
  cloud: [
    'title',
    'network',
    'regions',
    'credentials',
    'targets',
    'ids',
    'reservedTagPrefixes',
    'linkFaults',
    'links',
    'gateways',
  ],
  link: ['createdFrom', 'plans', 'callsFrom', 'targets', 'settings', 'groupPerZone', 'rules'],
  gateway: ['ref', 'provider', 'title', 'example', 'keys', 'settings', 'links', 'movesAsOne', 'rules'],
};

/** @throws {TypeError} with the first member that is missing */
export function requireWhole(cloud: Cloud): void {
  const missing = missingIn(cloud);
  if (missing !== undefined) throw missingMember(cloud, missing);
}

function missingIn(cloud: Cloud): string | undefined {
  const first = (value: object, needed: readonly string[]) =>
    needed.find((name) => (value as Readonly<Record<string, unknown>>)[name] === undefined);
  const own = first(cloud, NEEDED.cloud);
  if (own !== undefined) return own;

  for (const [of, kinds, needed] of [
    ['links', cloud.links, NEEDED.link],
    ['gateways', cloud.gateways, NEEDED.gateway],
  ] as const) {
    for (const [kind, traits] of Object.entries(kinds)) {
      const missing = first(traits, needed);
      if (missing !== undefined) return `${of}.${kind}.${missing}`;
    }
  }
  return undefined;
}
