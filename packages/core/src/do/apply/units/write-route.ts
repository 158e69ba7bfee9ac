import type { CallContext } from '../../../ground/calls/call-context.js';
import { CloudError } from '../../../ground/errors.js';
import { mayChange } from '../../model/marks.js';
import type { Route, RouteRequest } from '../../model/route.js';
import type { Target } from '../../model/target.js';
import type { Step } from '../../plan/plan.js';
import type { RouteInput } from '../../world/routes/route-input.js';
import { FOREIGN_ROUTE_REMEDY, foreignRoute } from '../../world/routes/route-differences.js';
import { createInSteps } from '../create-in-steps.js';
import type { StepError } from '../run.js';
import { FailedStep, valueOf } from '../step.js';
import { differencesOf } from './read-back.js';
import { act, lookFirst, type UnitTools } from './unit-tools.js';

/** What is recorded of a route that was written. */
type Written = { readonly routeId: string };

/** Changes a route that exists. */
export function updateRoute(
  step: Step,
  tools: UnitTools,
  request: RouteRequest,
  id: string,
  part?: string,
): Promise<Written> {
  const effect = async (ctx: CallContext): Promise<Written> => {
    const route = await tools.driver.routes.update({ id }, request, ctx);
    return { routeId: route.id };
  };
  return act(tools, step.id, effect, { exclusive: tools.gatewayKey(request.gateway), part });
}

/**
 * Creates a route. No gateway has two routes with one key, so it is created without a look. An existing one may be from a run with another spec, or drafted and not published: the
 * step is complete when the route matches the declaration completely. `update` is safe to repeat, and
 * publishes only to stages that do not show the current route.
 */
export async function makeRoute(step: Step, tools: UnitTools, request: RouteRequest): Promise<Written> {
  const { run, driver } = tools;
  const { gateway, key, owner } = request;
  let exhausted: StepError | undefined;
  const first = lookFirst(step, tools, request.link.kind);
  const writtenRoute = await createInSteps<Written & { readonly differs?: true }>(run, step.id, {
    what: `route ${key} on ${gateway.id}`,
    find: async (ctx) => {
      const found = await driver.routes.find(gateway, key, ctx);
      if (found === undefined) return undefined;
      if (!mayChange(found.owner, owner)) throw alreadyThere(request, found);

      return { routeId: found.id, ...(differencesOf(found, request).length > 0 ? { differs: true } : {}) };
    },
    create: async (ctx, resumes) => {
      const route = await driver.routes.create(resumes ? { ...request, resumes } : request, ctx);
      return { routeId: route.id };
    },
    ...first,
    isUnique: true,
    onRetry: (retry) => {
      if (retry.error.exhausted === true) exhausted = retry.error;
      first.onRetry?.(retry);
    },
    exclusive: tools.gatewayKey(gateway),
  });
  const { routeId, differs } = valueOf(writtenRoute);
  if (differs !== true) return { routeId };
  // The missing change was retried until the budget was used up; the next run continues.
  if (exhausted !== undefined) throw new FailedStep(exhausted);

  return updateRoute(step, tools, request, routeId, 'complete');
}

/** What a step asks for, of a link and a target that exist. `targets` are those that the unit created. */
export function requestOf(input: RouteInput, tools: UnitTools, targets: ReadonlyMap<string, Target>): RouteRequest {
  const request = knownRequest(input, tools, targets);
  if (request !== undefined) return request;

  throw new Error(`route ${input.key}: link ${input.link} or target ${input.targetName} was not created`);
}

/** The same, or undefined where the link or the target does not exist yet. */
export function knownRequest(
  input: RouteInput,
  { links }: UnitTools,
  targets: ReadonlyMap<string, Target>,
): RouteRequest | undefined {
  const { gatewayRef, key, owner, stages, tls, path, settings } = input;
  const link = links.get(input.link) ?? input.linkRef;
  const target = targets.get(input.targetName) ?? (input.target && { ...input.target, raw: null });
  if (link === undefined || target === undefined) return undefined;

  return { gateway: gatewayRef, key, link, owner, stages, settings, use: { target, tls, path } };
}

function alreadyThere(request: RouteRequest, found: Route): CloudError {
  const { gateway, key, owner } = request;
  const foreign = foreignRoute(owner, found, differencesOf(found, request));
  return new CloudError(
    foreign?.code ?? 'ALREADY_EXISTS',
    foreign?.message ?? `gateway ${gateway.id} has a route ${key} that this project does not manage`,
    { operation: 'find route', remedy: foreign?.remedy ?? FOREIGN_ROUTE_REMEDY },
  );
}
