import type { Json } from '../../ground/json.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { LinkKind } from '../model/link.js';
import type { StageChange } from '../model/gateway.js';
import type { Claim, Owner } from '../model/owner.js';
import type { GatewayRef, LinkRef } from '../model/reference.js';
import type { TargetRef } from '../model/target.js';
import type { Step, StepKind } from './plan.js';
import type { DeployedRoute, LinkReference, RouteInput } from '../world/routes/route-input.js';

/** `create link`, `replace link`. */
export interface MakeLinkInput {
  readonly linkKind: LinkKind;
  readonly name: string;
  readonly owner: Owner;
  readonly subnetIds: readonly string[];
  /** The groups of the spec. A managed group for the allowlist is added to these. */
  readonly securityGroupIds: readonly string[];
  /** The load balancer that the link is made for, where its kind has one. */
  readonly loadBalancerId?: string | undefined;
  readonly networkId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly native?: Readonly<Record<string, unknown>> | undefined;
  /** Undefined means: no allowlist. */
  readonly entries?: readonly AllowEntry[] | undefined;
  /** Links that carry the same mark and are not the one to be created. */
  readonly except: readonly string[];
  readonly timeoutMs?: number | undefined;
}

/** `await link`: it exists, and is not ready yet. */
export interface AwaitLinkInput {
  readonly linkRef: LinkRef;
  readonly timeoutMs?: number | undefined;
  /**
   * Where it was created a moment ago, by whomever: its mark, and the links with the same mark that the plan replaces. Lists may not have
   * shown an older one yet, which stays in its place.
   */
  readonly twin?: { readonly owner: Owner; readonly except: readonly string[] } | undefined;
}

/** `mark link`: its last callers leave it, or callers come back. */
export interface UnusedLinkInput {
  readonly linkRef: LinkRef;
  /** Whether callers come back: the mark is removed. */
  readonly isUsed: boolean;
  /** How long calls of those that leave may be in flight, in milliseconds. */
  readonly unusedMs?: number | undefined;
  /** The link is not this project's, which may be unable to remove the mark. */
  readonly isExternal?: boolean | undefined;
}

/** `adopt link`, `tag link`. */
export interface TagLinkInput {
  readonly linkRef: LinkRef;
  readonly tags: Readonly<Record<string, string>>;
  /** Where the link had marks of another name: what its allowlist is marked with before the link is. */
  readonly owner?: Owner | undefined;
}

/** `give up link`: its marks are removed, and the link is kept. */
export interface GiveUpLinkInput {
  readonly linkRef: LinkRef;
  readonly owner: Owner;
  readonly untag: readonly string[];
}

/** `rename link`. */
export interface RenameLinkInput {
  readonly linkRef: LinkRef;
  readonly name: string;
}

/** `allow`, `revoke`. */
export interface EntriesInput {
  readonly linkRef: LinkRef;
  readonly entries: readonly AllowEntry[];
}

/** `delete link`. */
export interface DeleteLinkInput {
  readonly linkRef: LinkRef;
  readonly owner: Owner;
  /** Whether the group that was created for its allowlist is deleted as well; the one in that network. */
  readonly release?: { readonly networkId?: string | undefined } | undefined;
  /** How long calls may be in flight, in milliseconds, to what this run writes the mark of a link without callers on. */
  readonly unusedMs?: number | undefined;
  /** It is being deleted already: only the end is awaited. */
  readonly going?: boolean | undefined;
  readonly timeoutMs?: number | undefined;
}

/** `release allowlist`: a managed group that no link uses. */
export interface ReleaseInput {
  readonly linkKind: LinkKind;
  readonly owner: Owner;
  readonly networkId?: string | undefined;
}

/** `create target`: a target that is created on demand. */
export interface MakeTargetInput extends LinkReference {
  readonly target: string;
  readonly ref: TargetRef;
  readonly owner: Owner;
}

/** `delete target`. */
export interface DeleteTargetInput {
  /** A kind of link whose routes lead to such targets: which product deletes it. */
  readonly linkKind: LinkKind;
  readonly targetId: string;
}

/** `delete route`. */
export interface DeleteRouteInput {
  readonly gatewayRef: GatewayRef;
  readonly key: string;
  readonly owner: Claim;
}

/** `forget route`: its mark is removed, and the route is kept. */
export type ForgetRouteInput = DeleteRouteInput;

/** `deploy`: a stage with managed routes. */
export interface DeployInput {
  readonly gatewayRef: GatewayRef;
  readonly stage: string;
  readonly project: string;
  readonly spec?: string | undefined;
  /** The gateway's managed routes when the plan is executed; the mark is their hash. */
  readonly routes: readonly DeployedRoute[];
  /** The deployment of the stage, where it has the mark or followed one that has, and serves other routes. */
  readonly replaces?: string | undefined;
  /** The stage answers calls from a cache, which is emptied after the deployment. */
  readonly flushes?: true | undefined;
  /** The spec ends: what it wrote on the stage is removed after the deployment. */
  readonly forgets?: true | undefined;
  /** Routes that no step of the plan changes, and that the stage serves through another link: a run ended before their test. */
  readonly tests?: readonly TestedRoute[] | undefined;
}

/** A route of the working copy, and what it leads to. */
export interface TestedRoute {
  readonly key: string;
  readonly linkRef: LinkRef;
  readonly targetId: string;
}

/** `forget stage`: what deployments wrote on it is removed, and the stage is kept. */
export type ForgetStageInput = DeleteStageInput;

/** `configure stage`: settings that act at once, without a deployment. */
export interface ConfigureStageInput {
  readonly gatewayRef: GatewayRef;
  readonly stage: string;
  readonly change: StageChange;
}

/** `delete stage`: one that the project's first deployment created, of a gateway without any route. */
export interface DeleteStageInput {
  readonly gatewayRef: GatewayRef;
  readonly stage: string;
  readonly project: string;
  readonly spec?: string | undefined;
}

/** `sweep`. */
export interface SweepInput {
  readonly gatewayRef: GatewayRef;
  readonly project: string;
  readonly spec?: string | undefined;
  /** Also those whose mark has no hash (`Owner.unbound`). */
  readonly unbound?: boolean | undefined;
}

/** What a step of each kind is carried out with, by what it does to what. */
interface StepInputs {
  readonly 'create link': MakeLinkInput;
  readonly 'replace link': MakeLinkInput;
  readonly 'adopt link': AwaitLinkInput | TagLinkInput;
  readonly 'tag link': TagLinkInput | GiveUpLinkInput | UnusedLinkInput;
  readonly 'rename link': RenameLinkInput;
  readonly 'delete link': DeleteLinkInput;
  readonly 'allow allowlist': EntriesInput;
  readonly 'revoke allowlist': EntriesInput;
  readonly 'tag allowlist': TagLinkInput;
  readonly 'delete allowlist': ReleaseInput;
  readonly 'create target': MakeTargetInput;
  readonly 'delete target': DeleteTargetInput;
  readonly 'create route': RouteInput;
  readonly 'retarget route': RouteInput;
  readonly 'adopt route': RouteInput;
  readonly 'delete route': DeleteRouteInput | SweepInput;
  readonly 'tag route': ForgetRouteInput | SweepInput;
  readonly 'deploy stage': DeployInput;
  readonly 'adopt stage': DeployInput;
  readonly 'delete stage': DeleteStageInput;
  readonly 'tag stage': ForgetStageInput;
  readonly 'configure stage': ConfigureStageInput;
}

type ResourceType = Step['resource']['type'];

type InputFor<Does extends string> = Does extends keyof StepInputs ? StepInputs[Does] : never;

/** A step, with its input as plain JSON: members that are undefined are left out. */
export function step<Kind extends StepKind, Type extends ResourceType>(
  fields: Omit<Step, 'input' | 'kind' | 'resource'> & {
    readonly kind: Kind;
    readonly resource: Step['resource'] & { readonly type: Type };
  },
  input: InputFor<`${Kind} ${Type}`>,
): Step {
  return { ...fields, input: JSON.parse(JSON.stringify(input)) as Json };
}

/**
 * The input of a step that does one of these, as the planner wrote it. Only steps of a plan that this process computed may be
 * read so.
 * @throws {Error} for a step that does something else
 */
export function inputOf<Does extends keyof StepInputs>(
  { id, kind, resource, input }: Step,
  ...does: readonly [Does, ...Does[]]
): StepInputs[Does] {
  const done = `${kind} ${resource.type}`;
  if (!does.some((one) => one === done)) throw new Error(`step ${id}: ${done} is not ${does.join(' or ')}`);

  return input as unknown as StepInputs[Does]; // `step` wrote it as JSON, from that type
}

/** The input of a step that creates or changes a route; undefined for other steps. */
export function routeInputOf(of: Step): RouteInput | undefined {
  const { kind, resource } = of;
  if (resource.type !== 'route' || (kind !== 'create' && kind !== 'retarget')) return undefined;

  return inputOf(of, 'create route', 'retarget route');
}

/** The gateway that a step changes; undefined for a step of a link or a target. */
export function gatewayOf(of: Step): GatewayRef | undefined {
  const { type } = of.resource;
  if (type !== 'route' && type !== 'stage') return undefined;

  return inputOf(
    of,
    'create route',
    'retarget route',
    'adopt route',
    'delete route',
    'tag route',
    'deploy stage',
    'adopt stage',
    'delete stage',
    'tag stage',
    'configure stage',
  ).gatewayRef;
}
