import type { Registrar } from '../../do/model/registrar.js';

/** The lists whose items have members that others register. */
export type MemberList = 'targetGroups' | 'services';

/** A port of a container, and the one of its instance. 0 or undefined: one is chosen when it starts. */
export interface PortMapping {
  readonly container: number;
  readonly host: number | undefined;
}

/** What members of a registrar are created by: a task definition, a launch template. */
export interface Blueprint {
  readonly id: string;
  /** What registrars may name it by, besides its ID. */
  readonly names: readonly string[];
  /** The network mode of its tasks. Undefined: not known, or its members are instances. */
  readonly mode?: string | undefined;
  /** The ports of its containers. Undefined: not known. */
  readonly ports?: ReadonlyMap<string, readonly PortMapping[]> | undefined;
  /** The clusters of containers in which its members register as instances. */
  readonly clusters?: readonly string[] | undefined;
  /** The groups of its members. */
  readonly securityGroupIds?: readonly string[] | undefined;
  /** Why its groups are not known. */
  readonly doubt?: string | undefined;
}

/** Where the members of a registrar will be, once all of the plan is laid. */
export interface Placement {
  /** Members are registered by addresses, else as instances. */
  readonly byAddress: boolean;
  readonly securityGroupIds: readonly string[];
  /** Where members are that run on the instances of another registrar. Undefined: in the subnets of this one. */
  readonly subnetIds?: readonly string[] | undefined;
  /** The ports of such members, of which it has each. Undefined: the one with which it registers them. */
  readonly ports?: ((container: string | undefined, port: number | undefined) => readonly number[]) | undefined;
  /** The clusters of containers in which its members register as instances. */
  readonly clusters?: readonly string[] | undefined;
  /** Why no member can be registered. */
  readonly fault?: string | undefined;
  /** Why it is not known where members will be. */
  readonly doubt?: string | undefined;
  /** The IDs of what it uses. */
  readonly uses: readonly string[];
}

/** How a registrar of the plan registers its members. `P` is how they are placed in a draft. */
export interface Registration<P> {
  readonly address: string;
  /** What others name it by. */
  readonly names: readonly string[];
  /** As it was before the plan changed it. */
  readonly before: Registrar | undefined;
  readonly place: P;
}

/** What may register members. Without an ID: in any group or service. */
export interface Possible {
  readonly list: MemberList;
  readonly id: string | undefined;
  readonly why: string;
  /** It changes nothing where members are known. */
  readonly whenEmpty?: true | undefined;
}

/** What of a plan registers members in target groups and discovery services. */
export class Registrations<P> {
  /** By the ID of the registrar. */
  readonly registrars = new Map<string, Registration<P>>();
  readonly blueprints = new Map<string, Blueprint>();
  /** The names of clusters of containers, by their ARNs. */
  readonly clusters = new Map<string, string>();
  /** The capacity providers that clusters have, by the names of the clusters. */
  readonly providersOf = new Map<string, readonly string[]>();
  /** The IDs of registrars whose members capacity providers give to clusters, by the names of the providers. */
  readonly capacityProviders = new Map<string, readonly string[]>();
  readonly possible: Possible[] = [];
  /** Groups and services in which something registered members that the plan deletes. */
  readonly left: Pick<Possible, 'list' | 'id'>[] = [];
  /** The types of the DNS records of services, by their IDs. */
  readonly recordTypes = new Map<string, readonly string[]>();

  /** The one that texts name, of which some are a part of a name: `app` and the number of a revision. */
  blueprint(named: readonly string[]): Blueprint | undefined {
    const all = [...this.blueprints.values()];
    const [only, ...others] = new Set(
      named
        .filter((text) => !/^\d+$/.test(text))
        .map((text) => this.blueprints.get(text) ?? all.find(({ names }) => names.includes(text))),
    );
    return others.length > 0 ? undefined : only;
  }

  /** The ID of the registrar of a name. */
  idOf(name: string): string | undefined {
    return [...this.registrars].find(([, { names }]) => names.includes(name))?.[0];
  }
}
