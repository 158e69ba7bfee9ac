import { entryOf } from '../../../ground/json.js';
import { InvalidInputError, UnsupportedError } from '../../../ground/errors.js';
import type { GatewaySpec } from '../../model/gateway.js';
import type { GatewayKind } from '../../model/gateway-kind.js';
import type { LinkKind } from '../../model/link.js';
import { gatewayKey } from '../gateway/gateway-spec.js';
import { mayBring, type ChecksOfCloud } from './cloud-checks.js';
import type { CloudTypes } from './cloud-types.js';
import {
  requireWhole,
  withChecks,
  type Cloud,
  type GatewayKind as GatewayKindOfCloud,
  type LinkKind as LinkKindOfCloud,
} from './cloud.js';
import { ownTagKeyRule, type TextRule } from '../../forms/text-rules.js';
import type { Quota } from '../quota.js';
import type { MoveTexts } from './move-texts.js';
import { NETWORK_DEFAULTS, type CloudTraits } from './network-traits.js';
import type { TargetKind } from './target-kind.js';

/**
 * The clouds that a program works with: what a spec may name, and how the kinds of each behave. It is passed along; two sets in one
 * process do not meet. Kinds, the keys that name gateways, and names of clouds are unique in a set.
 */
export interface Clouds<T extends CloudTypes = CloudTypes> {
  /** For the compiler alone: the types of one of its clouds. */
  readonly types?: T | undefined;
  readonly all: readonly Cloud[];
  /** Packages of clouds that it may lack. */
  readonly known: Readonly<Record<string, string>>;
  /** The cloud of a name; undefined where the set lacks it. */
  named(name: unknown): Cloud | undefined;
  /** How a program or a command gets a cloud that the set lacks: a sentence of a remedy. */
  howToAdd(name: unknown): string;
  /** A quota of a cloud. @throws {UnsupportedError} where the cloud has none of that name. */
  quota(provider: string, name: string): Quota;
  /** How the networks of a region, a link or a spec behave. */
  network(place: { readonly provider: string }): CloudTraits;
  /** What a function computes from the set, once for both: schemas, forms, lists of checks. `make` is one of a module. */
  derived<T>(make: (set: Clouds) => T): T;
  readonly linkKinds: readonly LinkKind[];
  readonly gatewayKinds: readonly GatewayKind[];
  /** The members of references that name gateways. */
  readonly gatewayKeys: readonly string[];
  /** The members of references that name backends. Several clouds may have one. */
  readonly targetKeys: readonly string[];
  hasLink(kind: unknown): boolean;
  hasGateway(kind: string): boolean;
  /** How calls leave links of a kind, and what decides where they may go. */
  link(kind: string): LinkKindOfCloud;
  /** The keys of tags that users may write on its clouds. */
  readonly ownTagKey: TextRule;
  /** What a kind of gateway is and allows. */
  gateway(kind: string): GatewayKindOfCloud;
  /** How a spec names backends by a key. */
  target(key: string): TargetKind;
  /** The kind of gateway that a reference means. */
  gatewayKind(reference: GatewaySpec): GatewayKind;
}

/**
 * The set of some clouds.
 *
 * ```ts
 * const spec = parseSpec(text, { clouds: clouds([aws, alibaba]) });
 * ```
 *
 * `known` is for errors alone: the one about a cloud that the set lacks names the package.
 *
 * @throws {InvalidInputError} `INVALID_INPUT` for what is not a list. {TypeError} where a member of a value is missing, where two clouds have a name, a kind, a key or a check in common, and where the ID of a check does not begin with
 *   the name of its cloud and a slash.
 */
export function clouds<const A extends readonly Cloud[]>(all: A, options: CloudsOptions = {}): Clouds<TypesIn<A>> {
  // A program without types may give one cloud, or none.
  if (!Array.isArray(all)) {
    throw new InvalidInputError('INVALID_INPUT', 'clouds: expected a list of clouds', {
      place: { path: 'all' },
      details: { key: 'all' },
      remedy: 'Give clouds([cloud]): the value `cloud` is in the entry `/cloud` of the package of each cloud.',
    });
  }

  return new CloudSet(all, options);
}

/** The types of the clouds of a list, or of a set. */
export type TypesIn<A extends readonly Cloud[] | Clouds> = NonNullable<
  A extends readonly Cloud[] ? A[number]['types'] : A extends Clouds ? A['types'] : never
>;

/** What a pure function is given besides a spec or a snapshot: the clouds of both. */
export interface OnClouds {
  readonly clouds: Clouds;
}

/** What a set of clouds says besides. */
export interface CloudsOptions {
  /** Packages of clouds that the set may lack, by the name of the cloud: `{ alibaba: '@postern/alibaba' }`. */
  readonly known?: Readonly<Record<string, string>> | undefined;
}

/** The checks that a cloud brings. @throws {InvalidInputError} `INVALID_INPUT` for a value that came without them */
export function broughtChecks(cloud: Cloud): ChecksOfCloud {
  if (cloud.loadChecks === undefined) return cloud;

  throw new InvalidInputError('INVALID_INPUT', `the set of clouds has no checks of ${cloud.title}`, {
    place: { path: 'clouds' },
    details: { key: 'clouds' },
    remedy:
      'Make the set of the values `cloud` in the entry `/cloud` of the package of each cloud. Those of drivers have no checks.',
  });
}

/** What a cloud says in reports of moves; nothing of one that the set lacks. @throws as {@link broughtChecks} */
export function moveTextsOf(clouds: Clouds, provider: string): MoveTexts {
  const cloud = clouds.named(provider);
  return (cloud && broughtChecks(cloud).moveTexts) ?? {};
}

/** The set with the checks of its clouds: loaded, once for the set, where its values came without them. */
export function withLoadedChecks(set: Clouds): Promise<Clouds> {
  return set.derived(loadChecks);
}

async function loadChecks(set: Clouds): Promise<Clouds> {
  if (set.all.every((cloud) => cloud.loadChecks === undefined)) return set;

  const { known } = set;
  return clouds(await Promise.all(set.all.map(loaded)), { known });
}

async function loaded(cloud: Cloud): Promise<Cloud> {
  return cloud.loadChecks === undefined ? cloud : withChecks(cloud, await cloud.loadChecks());
}

class CloudSet implements Clouds {
  readonly all: readonly Cloud[];
  readonly linkKinds: readonly LinkKind[];
  readonly gatewayKinds: readonly GatewayKind[];
  readonly gatewayKeys: readonly string[];
  readonly targetKeys: readonly string[];
  readonly #clouds = new Map<string, Cloud>();
  readonly #links = new Map<string, LinkKindOfCloud>();
  readonly #gateways = new Map<string, GatewayKindOfCloud>();
  readonly #byKey = new Map<string, GatewayKind>();
  readonly #targets = new Map<string, TargetKind>();
  readonly #derived = new Map<(set: Clouds) => unknown, unknown>();
  readonly known: Readonly<Record<string, string>>;

  constructor(all: readonly Cloud[], { known = {} }: CloudsOptions) {
    this.all = all;
    this.known = known;
    for (const cloud of all) {
      requireWhole(cloud);
      addOnce(this.#clouds, 'clouds', cloud.name, cloud);
      for (const [kind, traits] of Object.entries(cloud.links)) addOnce(this.#links, 'kinds of link', kind, traits);
      for (const [kind, traits] of Object.entries(cloud.gateways)) {
        addOnce(this.#gateways, 'kinds of gateway', kind, traits);
        addOnce(this.#byKey, 'keys of gateways', traits.ref, kind);
      }
      for (const [key, kind] of Object.entries(cloud.targets)) addSame(this.#targets, key, kind);
    }
    for (const [kind, { targets }] of this.#links) {
      const missing = targets.find((key) => !this.#targets.has(key));
      if (missing !== undefined)
        throw new TypeError(`links of kind ${kind} lead to ${missing}, which no cloud of this set has as a target`);
    }
    requireOwnChecks(all);
    this.linkKinds = [...this.#links.keys()];
    this.gatewayKinds = [...this.#gateways.keys()];
    this.gatewayKeys = [...this.#byKey.keys()];
    this.targetKeys = [...this.#targets.keys()];
  }

  named(name: unknown): Cloud | undefined {
    return typeof name === 'string' ? this.#clouds.get(name) : undefined;
  }

  howToAdd(name: unknown): string {
    const isKnown = typeof name === 'string' && Object.hasOwn(this.known, name);
    const first = isKnown ? `For ${name}, run npm install ${this.known[name]}, and` : 'For another cloud,';
    return `${first} give the program that brings it: --cloud FILE on the command line, its driver or clouds([…]) in a program.`;
  }

  quota(provider: string, name: string): Quota {
    const { quotas = {} } = this.#clouds.get(provider) ?? {};
    const found = entryOf(quotas, name);
    if (found !== undefined) return found;

    throw new UnsupportedError(`the cloud ${provider} has no quota with the name ${name}`, {
      remedy: 'Add it to the quotas of the cloud.',
    });
  }

  network({ provider }: { readonly provider: string }): CloudTraits {
    return this.#clouds.get(provider)?.network ?? NETWORK_DEFAULTS;
  }

  derived<T>(make: (set: Clouds) => T): T {
    if (!this.#derived.has(make)) this.#derived.set(make, make(this));
    return this.#derived.get(make) as T; // what this function returned
  }

  hasLink(kind: unknown): boolean {
    return typeof kind === 'string' && this.#links.has(kind);
  }

  hasGateway(kind: string): boolean {
    return this.#gateways.has(kind);
  }

  link(kind: string): LinkKindOfCloud {
    const found = this.#links.get(kind);
    if (found === undefined) throw unknownKind('links', kind);

    return found;
  }

  get ownTagKey(): TextRule {
    return this.derived(ownTagKeyOf);
  }

  gateway(kind: string): GatewayKindOfCloud {
    const found = this.#gateways.get(kind);
    if (found === undefined) throw unknownKind('gateways', kind);

    return found;
  }

  target(key: string): TargetKind {
    const found = this.#targets.get(key);
    if (found === undefined) throw unknownKind('targets', key);

    return found;
  }

  gatewayKind(reference: GatewaySpec): GatewayKind {
    const found = this.#byKey.get(gatewayKey(reference));
    if (found === undefined) throw new TypeError('a reference to a gateway has no key of a gateway kind');

    return found;
  }
}

/** Each check has an ID of its own, which begins with the name of its cloud. */
function requireOwnChecks(all: readonly Cloud[]): void {
  const ids = new Map<string, string>();
  for (const { name, checks = [], moveChecks = {} } of all) {
    for (const { id } of [...checks, ...Object.values(moveChecks).flat()]) {
      addOnce(ids, 'checks', id, name);
      if (!mayBring(name, id)) throw new TypeError(`the ID of check ${id} does not begin with ${name}/`);
    }
  }
}

/** The keys of tags that users may write on the clouds of a set. */
function ownTagKeyOf({ all }: Clouds): TextRule {
  return ownTagKeyRule(all.flatMap((cloud) => cloud.reservedTagPrefixes));
}

function addOnce<T>(to: Map<string, T>, what: string, name: string, value: T): void {
  if (to.has(name)) throw new TypeError(`two ${what} of this set are named ${name}`);

  to.set(name, value);
}

/** A key that names backends on several clouds takes the same on each. */
function addSame(to: Map<string, TargetKind>, key: string, kind: TargetKind): void {
  const other = to.get(key) ?? kind;
  if (JSON.stringify(other.form) !== JSON.stringify(kind.form) || other.hasPort !== kind.hasPort)
    throw new TypeError(`two clouds of this set have targets named ${key} that take different values`);

  to.set(key, other);
}

/** Of a snapshot, or a spec, of a cloud that the set lacks. */
function unknownKind(what: string, kind: string): UnsupportedError {
  return new UnsupportedError(`no cloud of this program has ${what} of kind ${kind}`, {
    remedy: 'Add the cloud that has them to the set of clouds.',
  });
}
