import { kindOfLink } from '../kinds/cloud/link-kinds.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { gatewayRef, linkRef, placeOf } from '../model/reference.js';
import { settingsOfRoute, stagesOf } from '../kinds/gateway/gateway-spec.js';
import type { Json } from '../../ground/json.js';
import { mayChange } from '../model/marks.js';
import { formerNames } from '../model/moves.js';
import type { Claim } from '../model/owner.js';
import type { Route } from '../model/route.js';
import type { Spec } from '../spec.js';
import type { Target } from '../model/target.js';
import { othersText, publishedByOthers } from '../kinds/retired.js';
import type { LinkPlan } from './links/link-plan.js';
import { ownerOf } from './links/make-link.js';
import type { Step } from './plan.js';
import type { Problems } from '../world/resolve/problems.js';
import type { ResolvedIntegration, ResolvedTarget } from '../world/resolve/resolve.js';
import { isMadeOnDemand } from '../kinds/id-kinds.js';
import {
  declaredRoute,
  foreignRoute,
  foreignRouteError,
  formerNameOf,
  OF_THE_MARK,
  routeDifferences,
  wantedRoute,
  type WantedRoute,
} from '../world/routes/route-differences.js';
import { settingsOnly, unadoptable } from '../world/routes/custom-domains.js';
import { openCall } from './finish-plan.js';
import { adoptRoute, routeStepId } from './references.js';
import { step, type MakeTargetInput } from './step-input.js';
import type { DeployedRoute, RouteInput } from '../world/routes/route-input.js';

/** What has to be done to one integration of the spec. */
export interface IntegrationPlan {
  readonly resolved: ResolvedIntegration;
  readonly steps: readonly Step[];
  /** How many routes the gateway gets. */
  readonly created: number;
  /** How many routes get a mark, or another one, and nothing else, which needs no deployment. */
  readonly marked: number;
  /** Those of its routes that are adopted and not changed: a stage that does not serve them needs a mark, and no deployment. */
  readonly adopted: readonly DeployedRoute[];
  /**
   * The routes that are moved off their current target, by ID: with the stages that they are published to
   * then, where given.
   */
  readonly moved: ReadonlyMap<string, readonly string[] | undefined>;
  /** Its managed routes as they will be: the input of a deployment's mark. */
  readonly deployed: readonly DeployedRoute[];
  readonly notes: readonly string[];
  /** The keys of declared routes that are not managed by this project and match their declaration. */
  readonly leftAlone: readonly string[];
  readonly unchanged: number;
  /** Ids of the targets that it needs. */
  readonly targetIds: readonly string[];
}

/**
 * Compares the routes of an integration with those of its gateway, `byKey`. Problems: `NOT_OURS` and `ALREADY_EXISTS` for
 * a route key that another owner's route uses with a different target.
 */
export function planIntegration(
  spec: Spec,
  resolved: ResolvedIntegration,
  link: LinkPlan,
  byKey: ReadonlyMap<string, Route>,
  problems: Problems,
): IntegrationPlan {
  const { name, spec: integration, gateway, targets } = resolved;
  const { clouds } = resolved.link;
  const plan = {
    resolved,
    steps: [] as Step[],
    created: 0,
    marked: 0,
    adopted: [] as DeployedRoute[],
    moved: new Map<string, readonly string[] | undefined>(),
    deployed: [] as DeployedRoute[],
    notes: [] as string[],
    leftAlone: [] as string[],
    unchanged: 0,
    targetIds: [...targets.values()].flatMap(({ target }) => target?.id ?? []),
  };
  const { steps, moved, deployed, notes } = plan;
  if (integration.owner === 'external') {
    const missing = Object.keys(integration.routes).filter((key) => !byKey.has(key));
    if (missing.length > 0) notes.push(`integration ${name} is external and lacks ${missing.join(', ')}`);
    plan.unchanged = Object.keys(integration.routes).length - missing.length;
    return plan;
  }

  for (const target of targets.values()) {
    const { ref } = target.spec;
    if (target.target?.owner?.project === spec.project && target.target.owner.integration === name) plan.unchanged += 1;
    // A target that differs is kept as it is: routes of other owners, older publications and plug-ins may use
    // it.
    if (target.target === undefined && isMadeOnDemand(clouds, kindOfLink(clouds, resolved.link.spec), ref))
      steps.push(makeTarget(spec, resolved, link, target));
  }
  for (const [key, targetName] of Object.entries(integration.routes)) {
    const target = targets.get(targetName);
    if (target === undefined) continue;

    const input = routeInput(spec, resolved, link, key, target);
    const live = byKey.get(key);
    const wanted = wantedRoute(input, target.spec.ref, live);
    if (live === undefined) {
      plan.created += 1;
      const reason = 'the gateway has no such route';
      steps.push(
        step(
          {
            id: routeStepId('create', key, gateway.id),
            kind: 'create',
            resource: { type: 'route', name: key },
            reason,
            changes: leads(wanted),
          },
          input,
        ),
      );
      deployed.push(declaredRoute(wanted));
      continue;
    }

    const changes = routeDifferences(live, wanted, name, spec.spec);
    if (!mayChange(live.owner, spec)) {
      const adopts = integration.adopt === true && live.owner === undefined;
      const foreign = adopts ? unadoptable(gateway, integration, live, changes) : foreignRoute(spec, live, changes);
      if (foreign !== undefined) {
        problems.record(foreignRouteError(foreign, placeOf(spec, `integrations.${name}.routes.${key}`)));
      } else if (adopts) {
        steps.push(...adoptRoute(gateway, name, live, input, settingsOnly(changes)));
        plan.marked += 1;
        const declared = declaredRoute(wanted);
        deployed.push(declared);
        if (settingsOnly(changes).length === 0) plan.adopted.push(declared);
        else moved.set(live.id, input.stages);
      } else {
        plan.leftAlone.push(key);
        plan.unchanged += 1;
      }
      continue;
    }

    deployed.push(declaredRoute(wanted));
    const unasked = live.stages?.filter((stage) => input.stages !== undefined && !input.stages.includes(stage)) ?? [];
    if (unasked.length > 0)
      notes.push(`route ${key} of ${gateway.id} is also published to ${unasked.join(', ')}: it stays published there`);
    if (changes.length === 0) {
      plan.unchanged += 1;
      continue;
    }

    const marksOnly = changes.every(({ field }) => OF_THE_MARK.has(field));
    if (!marksOnly) moved.set(live.id, input.stages);
    const resource = { type: 'route', name: key, id: live.id } as const;
    const formerly = changes.every(({ field }) => field === 'owner') ? formerNameOf(live.owner) : undefined;
    if (formerly !== undefined) plan.marked += 1;
    const verb = formerly === undefined ? 'retarget' : 'move';
    const reason =
      formerly !== undefined
        ? `integration ${formerly} was renamed; only the mark of the route changes`
        : marksOnly
          ? 'its mark differs from the spec; its target and settings do not'
          : `target or settings differ from the spec`;
    steps.push(
      step(
        { id: routeStepId(verb, key, gateway.id), kind: 'retarget', resource, reason, changes },
        { ...input, routeId: live.id, ...leaving(clouds, resolved, link, live, input) },
      ),
    );
  }
  if (plan.created + moved.size > 0) refuseMove(spec, resolved, link, problems);
  if (gateway.locked !== undefined && steps.length > 0) {
    const message = `gateway ${gateway.id} is locked by its provider because of ${gateway.locked}`;
    problems.add('GATEWAY_LOCKED', `integrations.${name}.gateway`, message, {
      remedy: 'Resolve the lock with the provider, then plan again.',
    });
  }
  return plan;
}

/**
 * Where the first route would move the whole gateway to another link, and other owners have routes published there.
 */
function refuseMove(spec: Spec, resolved: ResolvedIntegration, { current }: LinkPlan, problems: Problems): void {
  const { name, gateway, link } = resolved;
  if (!link.clouds.gateway(gateway.kind).movesAsOne || gateway.linkId === undefined || gateway.linkId === current?.id)
    return;

  const others = publishedByOthers(gateway, spec);
  if (others.length === 0) return;

  const { message, remedy } = othersText(gateway, { name: link.name, id: current?.id }, others);
  problems.add('UNSUPPORTED', `integrations.${name}.gateway`, message, { remedy });
}

function routeInput(
  spec: Spec,
  { name, spec: integration, gateway }: ResolvedIntegration,
  { resolved: link, current }: LinkPlan,
  key: string,
  { name: targetName, spec: target, target: found }: ResolvedTarget,
): RouteInput {
  return {
    link: link.name,
    linkRef: current && linkRef(current),
    gatewayRef: gatewayRef(gateway),
    key,
    targetName,
    target: found && withoutRaw(found),
    tls: target.tls,
    path: target.path ?? 'overwrite',
    settings: settingsOfRoute(link.clouds.gateway(gateway.kind), integration.settings, key),
    owner: claimOf(spec, name, targetName),
    stages: stagesOf(integration.gateway),
  };
}

/** What a route leaves with its link, where the other link is tested. A route on a failed link has nothing to lose. */
function leaving(
  clouds: Clouds,
  { gateway, region }: ResolvedIntegration,
  { current }: LinkPlan,
  route: Route,
  { settings: declared = {} }: RouteInput,
): Pick<RouteInput, 'leaves'> {
  const { linkId, targetId, tls, path, settings: all = {} } = route;
  const { testCall, testedByRoute } = clouds.gateway(gateway.kind);
  const from = linkId === current?.id ? undefined : region.links.find(({ id }) => id === linkId);
  if (from === undefined || from.state === 'failed') return {};
  if (testCall === undefined && testedByRoute === undefined) return {};

  const target = region.targets.find(({ id }) => id === targetId);
  const settings = Object.fromEntries(Object.entries(all).filter(([name]) => name in declared));
  const call = testedByRoute === 'call' ? openCall(clouds, gateway, region.region, route, declared) : undefined;
  return { leaves: { linkRef: linkRef(from), target: target && withoutRaw(target), tls, path, settings, call } };
}

function claimOf(spec: Spec, integration: string, target: string): Claim {
  const formerly = formerNames(spec, 'integration', integration);
  return { ...ownerOf(spec, integration, target), ...(formerly.length === 0 ? {} : { formerly }) };
}

/**
 * The target in the form of a plan: the order in which a cloud lists subnets and groups must not affect the
 * plan's fingerprint.
 */
function withoutRaw({ raw: _raw, subnetIds, securityGroupIds, ...target }: Target): Omit<Target, 'raw'> {
  return {
    ...target,
    ...(subnetIds === undefined ? {} : { subnetIds: subnetIds.toSorted() }),
    ...(securityGroupIds === undefined ? {} : { securityGroupIds: securityGroupIds.toSorted() }),
  };
}

/** The target and settings of a route that is to be created. */
function leads(wanted: WantedRoute): NonNullable<Step['changes']> {
  const { targetId, serverName: name, path, settings = {} } = declaredRoute(wanted);
  return [
    { field: 'target', to: targetId ?? wanted.targetText },
    ...(name === null ? [] : [{ field: 'tls', to: name === '' ? true : name }]),
    ...(path === 'keep' ? [{ field: 'path', to: path }] : []),
    ...Object.entries(settings).map(([field, to]) => ({ field, to: to as Json })),
  ];
}

function makeTarget(spec: Spec, resolved: ResolvedIntegration, link: LinkPlan, target: ResolvedTarget): Step {
  const resource = { type: 'target', name: target.name } as const;
  const input: MakeTargetInput = {
    link: link.resolved.name,
    linkRef: link.current && linkRef(link.current),
    target: target.name,
    ref: target.spec.ref,
    owner: ownerOf(spec, resolved.name, target.name),
  };
  return step(
    {
      id: `create target ${target.name} of ${resolved.name}`,
      kind: 'create',
      resource,
      reason: 'the link has no such target',
    },
    input,
  );
}
