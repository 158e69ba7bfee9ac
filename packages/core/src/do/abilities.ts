import type { CallContext } from '../ground/calls/call-context.js';
import { UnsupportedError } from '../ground/errors.js';
import type { GroupRuleDriver } from './group-rules.js';
import type { QuotaDriver } from './kinds/quota.js';
import type { Allowlist, AllowEntry, BlockResources } from './model/allowlist.js';
import type { StageChange } from './model/gateway.js';
import type { Egress, LinkKind } from './model/link.js';
import type { Claim, Owner } from './model/owner.js';
import type { GatewayRef, LinkRef, TestCall, TestCallAnswer } from './model/reference.js';
import type { Route } from './model/route.js';
import type { Target, TargetRef } from './model/target.js';
import type { MoveDriver } from './move-driver.js';

/**
 * What a driver may have beside its must. Each is asked for by {@link abilityOf}, or its absence says what is left out. Every function is
 * safe to repeat after a lost answer, as those of the must are.
 */
export interface DriverAbilities {
  readonly linkChanges: LinkChanges;
  readonly targetResources: TargetResources;
  readonly adoption: RouteAdoption;
  readonly stages: StageDriver;
  readonly stageSettings: StageSettingsDriver;
  readonly listing: RouteListing;
  readonly sweeping: RouteSweeping;
  readonly testCalls: TestCallDriver;
  readonly allowlist: AllowlistDriver;
  readonly allowlistGroups: AllowlistGroups;
  readonly blockUses: BlockUses;
  /** The source addresses of a link. Guaranteed: a link that does not exist is `NOT_FOUND`. Without it `observe` alone shows them. */
  readonly egress: (link: LinkRef, ctx: CallContext) => Promise<Egress>;
  readonly moves: MoveDriver;
  readonly groupRules: GroupRuleDriver;
  readonly quotas: QuotaDriver;
}

export type AbilityName = keyof DriverAbilities;

/** What a driver cannot do without an ability, as the end of a sentence. */
const WITHOUT: Readonly<Record<AbilityName, string>> = {
  linkChanges: 'rename or tag links',
  targetResources: 'create or delete targets',
  adoption: 'write or remove the marks of routes that exist',
  stages: 'deploy stages',
  stageSettings: 'change settings of stages',
  listing: 'list the routes of a gateway',
  sweeping: 'delete what an interrupted run left behind',
  testCalls: 'have the cloud call a backend',
  allowlist: 'read or change what a link may reach',
  allowlistGroups: 'create the security group of a link',
  blockUses: 'list the resources inside a block',
  egress: 'read the source addresses of a link',
  moves: 'move gateways to another link',
  groupRules: 'write rules of security groups',
  quotas: 'raise quotas',
};

/** The names of all abilities. */
export const ABILITIES = Object.keys(WITHOUT) as readonly AbilityName[];

/** A driver, as far as one of its abilities is asked for. */
type Asked<Name extends AbilityName> = { readonly provider: string } & {
  readonly [N in Name]?: DriverAbilities[N] | undefined;
};

/**
 * An ability of a driver, for what cannot be done without it.
 * @throws {UnsupportedError} where the driver lacks it: what it cannot do
 */
export function abilityOf<Name extends AbilityName>(driver: Asked<Name>, name: Name): DriverAbilities[Name] {
  const ability = driver[name];
  if (ability !== undefined) return ability as DriverAbilities[Name];

  throw new UnsupportedError(`${driver.provider}: the adapter cannot ${WITHOUT[name]}`, {
    remedy: `Use the tools of the cloud for that, or a driver that has the ability \`${name}\`.`,
  });
}

/**
 * A driver that has an ability for certain: asked once, for work that needs it throughout.
 * @throws {UnsupportedError} as {@link abilityOf}
 */
export function withAbility<D extends Asked<Name>, Name extends AbilityName>(
  driver: D,
  name: Name,
): D & Pick<DriverAbilities, Name> {
  abilityOf(driver, name);
  return driver as D & Pick<DriverAbilities, Name>;
}

/** Without it plans that rename a link, complete its marks, adopt or forget it end with `UNSUPPORTED` at that step. */
export interface LinkChanges {
  /** Must: set the name alone. Guaranteed: `NOT_FOUND` for a link that does not exist; the same name again succeeds. */
  readonly rename: (link: LinkRef, name: string, ctx: CallContext) => Promise<void>;
  /** Must: set tags, marks included, and keep those that are not named. Guaranteed: as `rename`. */
  readonly tag: (link: LinkRef, tags: Readonly<Record<string, string>>, ctx: CallContext) => Promise<void>;
  /** Must: remove tags. Guaranteed: a key that does not exist is left out. */
  readonly untag: (link: LinkRef, keys: readonly string[], ctx: CallContext) => Promise<void>;
}

/** For kinds of link with `targetsAreResources`: a target is a resource of its own. */
export interface TargetResources {
  /** Must: look without a change. Guaranteed: undefined where the target does not exist. */
  readonly find: (link: LinkRef, ref: TargetRef, ctx: CallContext) => Promise<Target | undefined>;
  /** Must: write the mark of `owner` in the same call; it does not look first. Guaranteed: a lost answer is `outcomeUnknown`, and core looks. */
  readonly create: (link: LinkRef, ref: TargetRef, owner: Owner, ctx: CallContext) => Promise<Target>;
  /** Must: keep the ID and the mark. Guaranteed: `NOT_FOUND` for a target that does not exist. */
  readonly update: (link: LinkRef, id: string, ref: TargetRef, ctx: CallContext) => Promise<Target>;
  /**
   * Must: delete the target of the product that has links of this kind. Guaranteed: a target that this product does not have any more is
   * deleted; one that it did not show yet, or not any more in one reading, is not taken for gone.
   */
  readonly delete: (link: Pick<LinkRef, 'kind'>, id: string, ctx: CallContext) => Promise<void>;
}

/** Without it plans that adopt or forget routes end with `UNSUPPORTED` at that step. */
export interface RouteAdoption {
  /**
   * Must: write the mark of `owner` on a route without a mark, and nothing else; keep the text that it is written into.
   * Guaranteed: the same mark again succeeds.
   * @throws {CloudError} `NOT_OURS` for a route with another mark; `NOT_FOUND`. {UnsupportedError} where the mark does not fit
   */
  readonly adopt: (gateway: GatewayRef, key: string, owner: Claim, ctx: CallContext) => Promise<void>;
  /**
   * Must: remove the mark, restore the text around it, and change nothing else. Guaranteed: succeeds for a route without a mark,
   * and for one that does not exist.
   * @throws {CloudError} `NOT_OURS`
   */
  readonly forget: (gateway: GatewayRef, key: string, owner: Claim, ctx: CallContext) => Promise<void>;
}

/** For kinds of gateway with `routesNeedDeployment`. Without it, a step that deploys fails with `UNSUPPORTED`. */
export interface StageDriver {
  /**
   * Must: deploy the routes to a stage that does not deploy by itself, and write `mark` on the deployment; create the stage where a spec
   * names it (`GatewayKindTraits.stageIsNamed`). Guaranteed: a stage whose deployment has the mark is not deployed again, unless that is
   * the deployment `replaces`: it has the mark, or followed one that has, and serves other routes.
   * @throws {CloudError} `NOT_FOUND`; `CANARY_ACTIVE` where the stage has a canary: it is never overwritten
   */
  readonly deploy: (
    gateway: GatewayRef,
    stage: string,
    mark: string,
    ctx: CallContext,
    replaces?: string,
  ) => Promise<{ readonly deploymentId: string }>;
  /**
   * Must: write `mark` on what a stage serves now, and deploy nothing.
   * @throws {CloudError} `NOT_FOUND` where the stage or its deployment does not exist
   */
  readonly adoptStage: (gateway: GatewayRef, stage: string, mark: string, ctx: CallContext) => Promise<void>;
  /** Must: remove what `deploy` of `by` wrote on a stage and its deployments. Guaranteed: succeeds where nothing is to be removed. */
  readonly forgetStage: (
    gateway: GatewayRef,
    stage: string,
    by: Pick<Owner, 'project' | 'spec'>,
    ctx: CallContext,
  ) => Promise<void>;
  /** Must: delete a stage that a deployment of `by` created. Guaranteed: one that others created, or that does not exist, is left. */
  readonly removeStage: (
    gateway: GatewayRef,
    stage: string,
    by: Pick<Owner, 'project' | 'spec'>,
    ctx: CallContext,
  ) => Promise<void>;
}

/** For kinds of gateway with `stageSettings`. Without it, a change of them fails with `UNSUPPORTED`, and no cache is emptied. */
export interface StageSettingsDriver {
  /**
   * Must: change settings that act at once, and keep what the change does not name. Guaranteed: a route that a throttle is removed from
   * need not exist.
   * @throws {CloudError} `NOT_FOUND` where the stage, or a route that gets a throttle, does not exist
   */
  readonly configureStage: (gateway: GatewayRef, stage: string, change: StageChange, ctx: CallContext) => Promise<void>;
  /** May: empty the cache of a stage, where it has one. Guaranteed: a failure is returned as a sentence, since the answers expire. */
  readonly flushCache: (gateway: GatewayRef, stage: string, ctx: CallContext) => Promise<readonly string[]>;
}

/** For kinds of gateway whose routes are deployed as a whole. Without it a run does not read back what it wrote. */
export interface RouteListing {
  /** Must: return all routes, with one list of each kind of resource. Called once for each integration, after its last route. */
  readonly list: (gateway: GatewayRef, ctx: CallContext) => Promise<readonly Route[]>;
}

/** For kinds of gateway with resources between a route and its target. Without it, a step that deletes them fails with `UNSUPPORTED`. */
export interface RouteSweeping {
  /**
   * Must: delete resources that carry the mark of the project, with the identity `spec`, and that no route uses. Called
   * where a snapshot shows some (`Gateway.integrations`). Guaranteed: what is `Owner.unbound` is kept, unless `unbound`.
   */
  readonly sweep: (
    gateway: GatewayRef,
    project: string,
    ctx: CallContext,
    spec?: string,
    options?: { readonly unbound?: boolean | undefined },
  ) => Promise<void>;
}

/** For kinds of gateway with `testCall`. Without it a test by the cloud is unknown. */
export interface TestCallDriver {
  /**
   * Must: have the cloud itself call the backend of a route. Guaranteed: a backend that is not reached is an answer.
   * @throws {UnsupportedError} for gateways of a kind without such an operation. {CloudError} `NOT_FOUND`
   */
  readonly testCall: (call: TestCall, ctx: CallContext) => Promise<TestCallAnswer>;
}

/** Without it a spec with an allowlist ends with `UNSUPPORTED` at that step. */
export interface AllowlistDriver {
  /** Must: return all entries, also those of others. Guaranteed: `NOT_FOUND` for a link that does not exist. */
  readonly read: (link: LinkRef, ctx: CallContext) => Promise<Allowlist>;
  /** Must: add entries, and keep all others. Guaranteed: succeeds for an entry that is on the list. */
  readonly allow: (link: LinkRef, entries: readonly AllowEntry[], ctx: CallContext) => Promise<void>;
  /**
   * Must: remove entries. May: refuse where the cloud shows that a backend still needs a block (`STILL_REFERENCED`), unless `force`.
   * Guaranteed: succeeds for an entry that is not on the list.
   */
  readonly revoke: (
    link: LinkRef,
    entries: readonly AllowEntry[],
    ctx: CallContext,
    options?: { readonly force?: boolean | undefined },
  ) => Promise<void>;
}

/** For kinds of link with `allowlistNeedsCreation`: a separate resource, such as a security group, holds the allowlist. */
export interface AllowlistGroups {
  /** Must: look first, then create what must exist before the link, with the mark of the owner. Guaranteed: one for each owner. */
  readonly prepare: (
    kind: LinkKind,
    request: {
      readonly networkId: string;
      readonly owner: Owner;
      readonly name: string;
      readonly entries: readonly AllowEntry[];
      readonly tags: Readonly<Record<string, string>>;
    },
    ctx: CallContext,
  ) => Promise<{ readonly securityGroupIds: readonly string[] }>;
  /**
   * Must: write the marks of another owner on the resource; `undefined` removes them. Guaranteed: `Allowlist.owned` stays true until the
   * link carries the new marks as well, and a link without an allowlist of this project is not changed.
   */
  readonly mark: (link: LinkRef, owner: Owner | undefined, ctx: CallContext) => Promise<void>;
  /**
   * Must: remove what `prepare` created for the owner, after the link was deleted; with `within`, only in that network.
   * @throws {CloudError} `STILL_REFERENCED` while the cloud has it in use
   */
  readonly release: (
    kind: LinkKind,
    owner: Owner,
    ctx: CallContext,
    within?: { readonly networkId?: string | undefined },
  ) => Promise<void>;
}

/** Without it `postern allow --list --resources` is refused. */
export interface BlockUses {
  /** Must: return the resources inside each block of the list, where they can be determined. */
  readonly resources: (link: LinkRef, ctx: CallContext) => Promise<readonly BlockResources[]>;
}
