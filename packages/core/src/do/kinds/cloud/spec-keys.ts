/**
 * What a key of a spec takes. The list is closed: the schema of specs has one rule for each of these words. A map of
 * `keys` requires those that say nothing of what holds without them.
 */
export type KeyForm =
  | 'ID'
  | 'ID with a query'
  | 'look-up'
  | 'cloud name'
  | 'CIDR block'
  | 'IP address'
  | 'host name'
  | 'port'
  | 'true or false'
  | { readonly oneOf: readonly string[]; readonly fault: string; readonly remedy: string }
  | { readonly listOf: KeyForm; readonly most: number }
  | { readonly keys: Readonly<Record<string, SpecKey>> }
  | { readonly eitherOf: readonly [KeyForm, KeyForm, ...KeyForm[]]; readonly called: string };

/** What pages and editors show about a key. */
export interface KeyNotes {
  /** Values that the parser accepts. */
  readonly examples?: readonly unknown[] | undefined;
  /** What holds where the key is not written: a phrase without a full stop. */
  readonly absent?: string | undefined;
}

/** A key of a spec that a cloud brings. */
export interface SpecKey extends KeyNotes {
  readonly form: KeyForm;
  /** What it is, in sentences. */
  readonly about: string;
}

/** The keys that all clouds have, of which a cloud may say something. A cloud that says nothing of one with the mark * is said not to have it. */
export type SharedKey =
  | 'links'
  | 'integrations'
  | 'integrations.gateway'
  | 'integrations.targets'
  | 'gateway.stages'
  | 'gateway.throttle' // *
  | 'gateway.clientCertificate' // *
  | 'gateway.cache' // *
  | 'link.kind'
  | 'link.region'
  | 'link.profile' // *
  | 'link.assumeRole'
  | 'link.id'
  | 'link.network'
  | 'link.subnets'
  | 'link.securityGroups'
  | 'link.allowlist'
  | 'allowlist.group'
  | 'timeouts'
  | 'assume.internalBlocks' // *
  | 'assume.registries' // *
  | 'route.host' // *
  | 'route.timeout' // *
  | 'route.parameters' // *
  | 'route.authorizer' // *
  | 'route.scopes' // *
  | 'route.apiKey' // *
  | 'route.stream' // *
  | 'route.throttle'; // *

/** What a cloud says of a key that all clouds have. Clouds of a set are listed in its order. */
export interface SharedKeyText extends KeyNotes {
  /** In place of the sentences of core. */
  readonly about?: string | undefined;
  /** After the sentences of core. */
  readonly more?: string | undefined;
  /** Its part of a sentence that names each cloud of the set: `10m` of the time that a link takes. */
  readonly part?: string | undefined;
}

/** How a spec is written on a cloud. Data alone: forms of values are made from it where specs are read. */
export interface SpecKeys {
  /** The keys of its links besides those that all clouds have. */
  readonly link?: Readonly<Record<string, SpecKey>> | undefined;
  /** What it says of keys that all clouds have. */
  readonly shared?: Readonly<Partial<Record<SharedKey, SharedKeyText>>> | undefined;
}

/** What IDs of a cloud begin with. */
export interface IdKinds {
  /** What an ID is of, by what it begins with: `subnet`, `sg`. */
  readonly kinds: Readonly<Record<string, string>>;
  /** What IDs of these resources begin with; undefined where that says nothing. Those of links are in the traits of their kind. */
  readonly subnet?: string | undefined;
  readonly securityGroup?: string | undefined;
  readonly network?: string | undefined;
  /** The same of load balancers, with what separates it from the rest: `lb-`. A text that begins otherwise is a name. */
  readonly loadBalancer?: string | undefined;
}

/** The environment variables that hold credentials of a cloud. */
export interface CredentialVariables {
  /** Their names; `undefined` where there are none. */
  readonly names: RegExp | undefined;
  /** Why a spec does not read them: `the AWS tools read credentials from it`. */
  readonly because: string;
}

/** How a cloud names the roles that a worker of a fleet assumes. */
export interface RoleNames {
  /** A whole name, from `^` to `$`, also with `{account}` in the place of the ID. */
  readonly form: RegExp;
  /** Its first group is the ID of the account of the role, or `{account}`. */
  readonly account: RegExp;
  /** With `{account}` in the place of the ID. */
  readonly example: string;
}
