import { planFindingForm } from '../findings/finding.js';
import { list, oneOf, optional, strict, value, type Infer } from '../forms/form.js';
import { count, json, moment } from '../forms/resource-values.js';
import {
  choice,
  flag,
  name,
  optionalFlag,
  optionalText,
  optionalTexts,
  strings,
  text,
  texts,
} from '../forms/values.js';
import { driverPlace } from '../context.js';
import type { GatewaySpec } from '../model/gateway.js';
import { linkPriceShape, type LinkPrice } from '../model/link.js';
import { unreadShape } from '../snapshot/snapshot.js';

/** The version of the plan's structure. */
export const PLAN_VERSION = 1;

const stepResourceShape = {
  type: oneOf('link', 'allowlist', 'target', 'route', 'stage'),
  /** The name in the spec, or the route's key. */
  name: text,
  /** The cloud's id, where the resource exists. */
  id: optionalText,
};

interface StepResource extends Infer<typeof stepResourceShape> {}

const changeShape = { field: text, from: optional(json), to: optional(json) };

interface Change extends Infer<typeof changeShape> {}

const stepShape = {
  /** Unique in the plan and stable from run to run: `create link eu`, `create route ANY /orders`. */
  id: text,
  kind: oneOf(
    'create',
    'adopt',
    'rename',
    'tag',
    'replace',
    'retarget',
    'allow',
    'revoke',
    'deploy',
    'configure',
    'delete',
  ),
  resource: strict<StepResource>()(stepResourceShape),
  /** One sentence: why this step is needed. */
  reason: text,
  /** The changes as text: `name: orders → orders-2`. */
  changes: optional(list(strict<Change>()(changeShape))),
  /** What it buys; nothing is bought without `allowPurchase`. */
  purchase: optional(strict<LinkPrice>()(linkPriceShape)),
  /**
   * Why the cloud will refuse the step, where that is known beforehand: the product that it would buy is not
   * sold any more.
   */
  warning: optionalText,
  /**
   * How long the step waits before it deletes or narrows what may have carried calls, in milliseconds: calls that came
   * before their routes left may still be in flight. See `ApplyOptions.drain`.
   */
  drainMs: optional(count),
  /** What the step is carried out with. No secrets. */
  input: json,
};

/** One change to one resource. */
export interface Step extends Infer<typeof stepShape> {}

/** What a step does to its resource. */
export type StepKind = Step['kind'];

const unitShape = {
  /** `link:eu`, `link:eu/<old id>`, `integration:orders-eu`, `gateway:<provider>/<region>/<kind>/<id>`. No code parses it. */
  id: text,
  kind: oneOf(
    'link',
    'link-removal',
    'link-narrowing',
    'allowlist-removal',
    'integration',
    'target-removal',
    'gateway',
  ),
  /** The name of the link or the integration in the spec or its mark; the ID of the gateway. */
  name: text,
  provider: text,
  /** See `RegionSnapshot.product`. */
  product: optionalText,
  region: text,
  account: text,
  /** Units that must be done first. */
  dependsOn: texts,
  steps: list(strict<Step>()(stepShape)),
};

/** A link, an integration, or the deployments of a gateway: its steps run one after the other. */
export interface Unit extends Infer<typeof unitShape> {}

/**
 * The subject of a unit, which determines the code that executes it: a link; the removal of an old one;
 * removals from its allowlist; a group of an allowlist that no link uses; an integration; the deletion of a
 * target after routes of several integrations; the deployments of a gateway.
 */
export type UnitKind = Unit['kind'];

export const formerPlaceShape = {
  ...driverPlace,
  /** Gateways on which it had routes, as a spec names them. */
  gateways: list(choice<GatewaySpec>('a gateway as a spec names it', () => strings)),
  linkKinds: optionalTexts,
};

/** An account and region in which a spec had resources, or may have some that it does not name. */
export interface FormerPlace extends Infer<typeof formerPlaceShape> {}

export const formerPlaceForm = strict<FormerPlace>()(formerPlaceShape);

export const planOptionsShape = {
  /**
   * Limits the plan to these links, integrations and targets (`orders/main`) of the spec, and to the links that
   * they need. Nothing else is read, created or changed. Resources that are no longer declared stay.
   */
  only: optionalTexts,
  /** The snapshot showed every gateway; `apply` has to look as far. Set by the planner. */
  all: optionalFlag,
  /** Where the spec had resources that it does not name any more; `apply` has to look there, too. Set by the planner. */
  elsewhere: optional(list(formerPlaceForm)),
  /**
   * What happens to resources of the spec that are not declared. By default they are deleted, and those whose mark may be a
   * copy are listed and kept. `true` deletes these as well. `false` deletes none: for a spec that names only a part.
   * Resources of another spec are never deleted.
   */
  prune: optionalFlag,
  /**
   * Recreates a failed managed link and removes the failed one. Without it a failed link fails its unit, and is kept.
   */
  replaceFailed: optionalFlag,
  /**
   * Also deletes links that cost money to recreate: `true` those that can be bought again, IDs exactly these. Without it they are kept,
   * with a note. Those that are not sold any more are deleted only by their IDs.
   */
  deleteInstances: optional(
    choice<boolean | readonly string[]>('true, false or IDs of links', (given) =>
      Array.isArray(given) ? texts : typeof given === 'boolean' ? flag : undefined,
    ),
  ),
  /** Of `forget`: what is forgotten, by its keys; without it everything that the spec owns. */
  names: optionalTexts,
};

/** How a plan is computed, where not by default. */
export interface PlanOptions extends Infer<typeof planOptionsShape> {}

export const planOptionsForm = strict<PlanOptions>()(planOptionsShape);

const unreadPartShape = {
  provider: text,
  region: text,
  /** The account, or `unknown`. */
  account: text,
  /** Names of the spec's links there. */
  links: texts,
  /** Names of the spec's integrations through these links. */
  integrations: texts,
  /** The error that reading it ended with. */
  ...unreadShape,
};

/** An account and region that could not be read: nothing in it is planned, changed or deleted. */
export interface UnreadPart extends Infer<typeof unreadPartShape> {}

const deletionsShape = {
  /** As text: `route ANY /orders on a1b2c3`, `link eu (k3x9m2)`. */
  resources: texts,
  /** How many links, targets and routes of the spec the snapshot shows, declared or not. */
  owned: count,
};

/** The links, targets and routes that a plan deletes without a replacement; see `ApplyOptions.maxDeletes`. */
export interface Deletions extends Infer<typeof deletionsShape> {}

const leftOutShape = {
  /** Names of links of the spec. */
  links: texts,
  /** Names of integrations of the spec. */
  integrations: texts,
  /** Targets of the spec, of integrations that are planned in part: `orders/blue`. */
  targets: texts,
  /** As text: resources that the spec no longer declares, where this plan looked. */
  undeclared: texts,
};

/** What the plan of a part of a spec leaves out. */
export interface LeftOut extends Infer<typeof leftOutShape> {}

const planShape = {
  version: value<typeof PLAN_VERSION>(`version ${PLAN_VERSION}`, (given) => given === PLAN_VERSION, {
    const: PLAN_VERSION,
  }),
  project: name,
  goal: oneOf('apply', 'destroy', 'forget'),
  /** The time of the snapshot that the plan was computed from (ISO 8601). */
  takenAt: moment,
  /** Fingerprint of the spec and of the parts of the world that matter; `apply` refuses when it has changed. */
  fingerprint: text,
  /** How the plan was computed, where it was not by default. */
  options: optional(planOptionsForm),
  units: list(strict<Unit>()(unitShape)),
  /** Foreign routes, drift, gaps: shown, never changed. */
  notes: texts,
  /** How many declared resources are there as declared. */
  unchanged: count,
  /** What `PlanOptions.only` left out. Absent in the plan of a whole spec. */
  leftOut: optional(strict<LeftOut>()(leftOutShape)),
  /** What an `apply` deletes and does not replace. Absent where nothing is, and in a plan of `destroy`. */
  deletions: optional(strict<Deletions>()(deletionsShape)),
  /** Of a removal: what of the spec is left, or may be left where something could not be read. Absent where nothing is. */
  incomplete: optionalTexts,
  /** Accounts and regions that could not be read, and are not part of the plan. Absent where all were read. */
  unread: optional(list(strict<UnreadPart>()(unreadPartShape))),
  /** Where resources of the spec may be that were not looked for, as text. Absent where nothing is known that was not read. */
  notRead: optionalTexts,
  /**
   * The failures and unknowns of `check` about what the plan changes, in the order of a report, without those that
   * the spec ignores; those that pass are not listed. Absent where nothing was checked: the plan changes nothing that checks are about, or was computed
   * without checks.
   */
  findings: optional(list(planFindingForm)),
  /** How many more there are in the regions that the plan changes, about what it does not change; notes are not counted. */
  otherFindings: optional(count),
};

/** The ordered difference between the spec and the current state. Plain JSON. */
export interface Plan extends Infer<typeof planShape> {}

/** What a plan is for: to apply the spec, to delete what it owns, or to remove the marks and keep everything. */
export type PlanGoal = Plan['goal'];

export const planFileForm = strict<Plan>()(planShape);

/** A plan that was checked: its findings are there, if only as an empty list. */
export interface JudgedPlan extends Plan {
  readonly findings: NonNullable<Plan['findings']>;
}
