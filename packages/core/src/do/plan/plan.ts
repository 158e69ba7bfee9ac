import type { ErrorCode } from '../../ground/error-codes.js';
import type { PlanFinding } from '../findings/finding.js';
import type { Json } from '../../ground/json.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { LinkKind, LinkPrice } from '../model/link.js';

/** The version of the plan's structure. */
export const PLAN_VERSION = 1;

/** What a step does to its resource. */
export type StepKind =
  | 'create'
  | 'adopt'
  | 'rename'
  | 'tag'
  | 'replace'
  | 'retarget'
  | 'allow'
  | 'revoke'
  | 'deploy'
  | 'configure'
  | 'delete';

/** One change to one resource. */
export interface Step {
  /** Unique in the plan and stable from run to run: `create link eu`, `create route ANY /orders`. */
  readonly id: string;
  readonly kind: StepKind;
  readonly resource: {
    readonly type: 'link' | 'allowlist' | 'target' | 'route' | 'stage';
    /** The name in the spec, or the route's key. */
    readonly name: string;
    /** The cloud's id, where the resource exists. */
    readonly id?: string | undefined;
  };
  /** One sentence: why this step is needed. */
  readonly reason: string;
  /** The changes as text: `name: orders → orders-2`. */
  readonly changes?:
    readonly { readonly field: string; readonly from?: Json | undefined; readonly to?: Json | undefined }[] | undefined;
  /** What it buys; nothing is bought without `allowPurchase`. */
  readonly purchase?: LinkPrice | undefined;
  /**
   * Why the cloud will refuse the step, where that is known beforehand: the product that it would buy is not
   * sold any more.
   */
  readonly warning?: string | undefined;
  /**
   * How long the step waits before it deletes or narrows what may have carried calls, in milliseconds: calls that came
   * before their routes left may still be in flight. See `ApplyOptions.drain`.
   */
  readonly drainMs?: number | undefined;
  /** What the step is carried out with. No secrets. */
  readonly input: Json;
}

/**
 * The subject of a unit, which determines the code that executes it: a link; the removal of an old one;
 * removals from its allowlist; a group of an allowlist that no link uses; an integration; the deletion of a
 * target after routes of several integrations; the deployments of a gateway.
 */
export type UnitKind =
  'link' | 'link-removal' | 'link-narrowing' | 'allowlist-removal' | 'integration' | 'target-removal' | 'gateway';

/** A link, an integration, or the deployments of a gateway: its steps run one after the other. */
export interface Unit {
  /** `link:eu`, `link:eu/<old id>`, `integration:orders-eu`, `gateway:<provider>/<region>/<kind>/<id>`. No code parses it. */
  readonly id: string;
  readonly kind: UnitKind;
  /** The name of the link or the integration in the spec or its mark; the ID of the gateway. */
  readonly name: string;
  readonly provider: string;
  /** See `RegionSnapshot.product`. */
  readonly product?: string | undefined;
  readonly region: string;
  readonly account: string;
  /** Units that must be done first. */
  readonly dependsOn: readonly string[];
  readonly steps: readonly Step[];
}

/** An account and region in which a spec had resources, or may have some that it does not name. */
export interface FormerPlace {
  readonly provider: string;
  readonly product?: string | undefined;
  readonly region: string;
  /** Undefined: that of the credentials. */
  readonly account?: string | undefined;
  readonly profile?: string | undefined;
  readonly assumeRole?: string | undefined;
  /** Gateways on which it had routes, as a spec names them. */
  readonly gateways: readonly GatewaySpec[];
  readonly linkKinds?: readonly LinkKind[] | undefined;
}

/** How a plan is computed, where not by default. */
export interface PlanOptions {
  /**
   * Limits the plan to these links, integrations and targets (`orders/main`) of the spec, and to the links that
   * they need. Nothing else is read, created or changed. Resources that are no longer declared stay.
   */
  readonly only?: readonly string[] | undefined;
  /** The snapshot showed every gateway; `apply` has to look as far. Set by the planner. */
  readonly all?: boolean | undefined;
  /** Where the spec had resources that it does not name any more; `apply` has to look there, too. Set by the planner. */
  readonly elsewhere?: readonly FormerPlace[] | undefined;
  /**
   * What happens to resources of the spec that are not declared. By default they are deleted, and those whose mark may be a
   * copy are listed and kept. `true` deletes these as well. `false` deletes none: for a spec that names only a part.
   * Resources of another spec are never deleted.
   */
  readonly prune?: boolean | undefined;
  /**
   * Recreates a failed managed link and removes the failed one. Without it a failed link fails its unit, and
   * is kept.
   */
  readonly replaceFailed?: boolean | undefined;
  /**
   * Also deletes links that cost money to recreate: `true` those that can be bought again, IDs exactly these. Without it they are kept,
   * with a note. Those that are not sold any more are deleted only by their IDs.
   */
  readonly deleteInstances?: boolean | readonly string[] | undefined;
  /** Of `forget`: what is forgotten, by its keys; without it everything that the spec owns. */
  readonly names?: readonly string[] | undefined;
}

/** An account and region that could not be read: nothing in it is planned, changed or deleted. */
export interface UnreadPart {
  readonly provider: string;
  readonly region: string;
  /** The account, or `unknown`. */
  readonly account: string;
  /** Names of the spec's links there. */
  readonly links: readonly string[];
  /** Names of the spec's integrations through these links. */
  readonly integrations: readonly string[];
  /** The error that reading it ended with. */
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** The links, targets and routes that a plan deletes without a replacement; see `ApplyOptions.maxDeletes`. */
export interface Deletions {
  /** As text: `route ANY /orders on a1b2c3`, `link eu (k3x9m2)`. */
  readonly resources: readonly string[];
  /** How many links, targets and routes of the spec the snapshot shows, declared or not. */
  readonly owned: number;
}

/** What the plan of a part of a spec leaves out. */
export interface LeftOut {
  /** Names of links of the spec. */
  readonly links: readonly string[];
  /** Names of integrations of the spec. */
  readonly integrations: readonly string[];
  /** Targets of the spec, of integrations that are planned in part: `orders/blue`. */
  readonly targets: readonly string[];
  /** As text: resources that the spec no longer declares, where this plan looked. */
  readonly undeclared: readonly string[];
}

/** What a plan is for: to apply the spec, to delete what it owns, or to remove the marks and keep everything. */
export type PlanGoal = 'apply' | 'destroy' | 'forget';

/** The ordered difference between the spec and the current state. Plain JSON. */
export interface Plan {
  readonly version: typeof PLAN_VERSION;
  readonly project: string;
  readonly goal: PlanGoal;
  /** The time of the snapshot that the plan was computed from (ISO 8601). */
  readonly takenAt: string;
  /** Fingerprint of the spec and of the parts of the world that matter; `apply` refuses when it has changed. */
  readonly fingerprint: string;
  /** How the plan was computed, where it was not by default. */
  readonly options?: PlanOptions | undefined;
  readonly units: readonly Unit[];
  /** Foreign routes, drift, gaps: shown, never changed. */
  readonly notes: readonly string[];
  /** How many declared resources are there as declared. */
  readonly unchanged: number;
  /** What `PlanOptions.only` left out. Absent in the plan of a whole spec. */
  readonly leftOut?: LeftOut | undefined;
  /** What an `apply` deletes and does not replace. Absent where nothing is, and in a plan of `destroy`. */
  readonly deletions?: Deletions | undefined;
  /** Of a removal: what of the spec is left, or may be left where something could not be read. Absent where nothing is. */
  readonly incomplete?: readonly string[] | undefined;
  /** Accounts and regions that could not be read, and are not part of the plan. Absent where all were read. */
  readonly unread?: readonly UnreadPart[] | undefined;
  /** Where resources of the spec may be that were not looked for, as text. Absent where nothing is known that was not read. */
  readonly notRead?: readonly string[] | undefined;
  /**
   * The failures and unknowns of `check` about what the plan changes, in the order of a report, without those that
   * the spec ignores; those that pass are not listed. Absent where nothing was checked: the plan changes nothing that checks are about, or was computed
   * without checks.
   */
  readonly findings?: readonly PlanFinding[] | undefined;
  /** How many more there are in the regions that the plan changes, about what it does not change; notes are not counted. */
  readonly otherFindings?: number | undefined;
}

/** A plan that was checked: its findings are there, if only as an empty list. */
export interface JudgedPlan extends Plan {
  readonly findings: readonly PlanFinding[];
}
