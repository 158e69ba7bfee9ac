import type { CallContext } from '@postern/core/internal/library';
import {
  createOnce,
  hashJson,
  type MoveMethods,
  type MoveTest,
  type MoveUnit,
  CloudError,
  isTemporaryRoute,
} from '@postern/core/internal/adapter';
import type { PatchOperation, RestIntegrationOutput, RestResourceOutput } from '../../sdk-types.js';
import { sent, type Session } from '../../client/session.js';
import { STALENESS_MS } from '../../limits.js';
import { listResources, listRestDeployments, methodsOf } from '../read-rest-api.js';
import { ownerOfMethod } from '../rest-owner.js';
import type { RestMethod } from '../rest-route.js';
import { exportOf, type DeployedMethod } from '../stage-export.js';
import { createDeployment, type DeploymentOutcome } from '../write/stage/create-deployment.js';
import { flushCache, refuseCanary } from '../write/stage/deploy.js';
import { whenWhole } from '../write/when-whole.js';
import { findMethod } from '../write/method/delete-method.js';
import { placeOf, type RouteSession } from '../write/resource-trees.js';
import { createTestMethod } from '../write/method/test-method.js';
import {
  connectMethods,
  integrationOver,
  isSame,
  methodsLeft,
  methodsOver,
  targetsOf,
  toMoved,
} from './rest-integrations.js';
import { whereStage, changeDeployment, deployStage, getStage, patchStage } from './rest-stage.js';
import { backToOld, deleteDeployment, releaseNew } from './rest-return.js';
import { moveMethods, changedMeanwhile } from '../../move-methods.js';
import type { MovedMethod, RestCaptured, RestPrepared } from './rest-state.js';

/**
 * Moves a stage of a REST API: the integrations of the working copy get the new link, which no call uses; a deployment
 * without a stage is made of them; the stage sends a part of its calls to it as a canary, then all. The way back is the
 * former deployment. Writes to one API run one after the other.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function restApiMoves(session: RouteSession): MoveMethods {
  return moveMethods<RestCaptured, RestPrepared>({
    capture: (unit, ctx) => capture(session, unit, ctx),
    createTest: (unit, test, ctx) => createTest(session, unit, test, ctx),
    prepare: (unit, captured, ctx) => prepare(session, unit, captured, ctx),
    findPrepared: (unit, captured, ctx) => findPrepared(session, unit, captured, ctx),
    shift: async (unit, { captured, prepared }, percent, ctx) => {
      if (prepared === undefined) throw new TypeError(`${unit.id} is not prepared`);

      return shift(session, unit, captured, prepared, percent, ctx);
    },
    where: (unit, { captured, prepared }, ctx) => whereStage(session, unit, captured, prepared, ctx),
    settle: ({ gateway, stage = '' }, _state, ctx) => flushCache(session, gateway.id, stage, ctx),
    verify: (unit, { captured }, ctx) => verify(session, unit, captured, ctx),
    back: (unit, { captured, prepared }, ctx) => backToOld({ session, unit, captured, prepared, ctx }),
    release: (unit, { captured, prepared }, which, ctx) =>
      which === 'new'
        ? releaseNew({ session, unit, captured, prepared, ctx })
        : releaseOld(session, unit, captured, ctx),
  });
}

/**
 * @throws {CloudError} `CANARY_ACTIVE`: a canary of others is never overwritten; `CONFLICT`: the deployment would contain
 *   changes of others that are not deployed yet
 */
async function capture(session: Session, unit: MoveUnit, ctx: CallContext): Promise<RestCaptured> {
  const stage = await getStage(session, unit, ctx);
  refuseCanary(unit.gateway.id, stage);
  const resources = await listResources(session, unit.gateway.id, ctx);
  const { methods: served } = await exportOf(session, unit.gateway.id, unit.stage ?? '', ctx);
  const begun = await begunMethods(session, unit, methodsLeft(unit, stage, resources, served), ctx);
  refuseUndeployed(unit, served, resources, begun);
  const found = new Map([...methodsOver(unit, stage, resources), ...begun].map((one) => [keyOf(one), one] as const));
  const methods = methodsOf(unit.gateway.id, resources).flatMap((one) => found.get(keyOf(one)) ?? []);
  const { deploymentId = '' } = stage;
  if (methods.length === 0) {
    throw changedMeanwhile(`no method of REST API ${unit.gateway.id} uses VPC link ${unit.from.id} on ${unit.stage}`);
  }

  return { deploymentId, methods };
}

function keyOf({ resourceId, verb }: Pick<MovedMethod, 'resourceId' | 'verb'>): string {
  return `${resourceId}/${verb}`;
}

/** Those of a stage's methods that the working copy shows as this move leaves them, as they were before. */
async function begunMethods(
  session: Session,
  unit: MoveUnit,
  left: ReturnType<typeof methodsLeft>,
  ctx: CallContext,
): Promise<readonly MovedMethod[]> {
  if (left.length === 0) return [];

  const methods = left.map(([before]) => before);
  const wanted = await targetsOf(session, unit, { methods }, ctx);
  return left.flatMap(([before, now], at) => {
    const to = wanted[at];
    return to !== undefined && isSame(now, to) ? [before] : [];
  });
}

/** A method whose integration is as that of the method that moves will be. */
async function createTest(
  session: RouteSession,
  unit: MoveUnit,
  { key, copies, owner }: MoveTest,
  ctx: CallContext,
): Promise<void> {
  const apiId = unit.gateway.id;
  const found = await findMethod(session, placeOf(apiId, copies), ctx);
  const is = found?.method.methodIntegration;
  if (found === undefined || is === undefined) throw changedMeanwhile(`REST API ${apiId} has no method ${copies}`);

  const [to] = await targetsOf(session, unit, { methods: [toMoved(found, is)] }, ctx);
  await createTestMethod(session, placeOf(apiId, key), owner, integrationOver(is, to ?? toMoved(found, is)), ctx);
}

async function prepare(
  session: RouteSession,
  unit: MoveUnit,
  captured: RestCaptured,
  ctx: CallContext,
): Promise<RestPrepared> {
  const apiId = unit.gateway.id;
  const methods = await targetsOf(session, unit, captured, ctx);
  await connectMethods(session, apiId, captured.methods, methods, 'refused', ctx);
  const description = descriptionOf(unit, captured, methods);
  const deployment = await whenWhole(session, apiId, projectsOf(methods), ctx, () =>
    createOnce<DeploymentOutcome>({
      what: `deployment of ${apiId} over VPC link ${unit.to.id}`,
      find: () => deploymentOf(session, apiId, description, ctx),
      create: () => createDeployment(session, { restApiId: apiId, description }, ctx),
      stalenessMs: STALENESS_MS,
      ctx,
    }),
  );
  if (deployment === 'no routes') throw changedMeanwhile(`REST API ${apiId} has no methods`);

  return { deploymentId: sent(deployment.id, 'id', 'CreateDeployment', true), methods };
}

/** The projects whose methods are moved. */
function projectsOf(
  moved: readonly MovedMethod[],
): (methods: readonly RestMethod[]) => readonly (string | undefined)[] {
  const keys = new Set(moved.map(keyOf));
  return (methods) =>
    methods.filter((one) => keys.has(keyOf(one))).map((one) => ownerOfMethod(one.method.operationName, one)?.project);
}

async function findPrepared(
  session: Session,
  unit: MoveUnit,
  captured: RestCaptured,
  ctx: CallContext,
): Promise<RestPrepared | undefined> {
  const methods = await targetsOf(session, unit, captured, ctx);
  const found = await deploymentOf(session, unit.gateway.id, descriptionOf(unit, captured, methods), ctx);
  return found?.id === undefined ? undefined : { deploymentId: found.id, methods };
}

/** Names what was moved to what, so that a repeated attempt finds the deployment. */
function descriptionOf({ gateway, stage = '' }: MoveUnit, captured: RestCaptured, to: readonly MovedMethod[]): string {
  return `postern-move/${hashJson({ ...captured, apiId: gateway.id, stage, to })}`;
}

async function deploymentOf(session: Session, apiId: string, description: string, ctx: CallContext) {
  return (await listRestDeployments(session, apiId, ctx)).find((one) => one.description === description);
}

/** A part of the calls as a canary; 100: the canary is promoted and removed. */
async function shift(
  session: RouteSession,
  unit: MoveUnit,
  captured: RestCaptured,
  { deploymentId }: RestPrepared,
  percent: number,
  ctx: CallContext,
): Promise<void> {
  const { deploymentId: now, canarySettings: canary } = await getStage(session, unit, ctx);
  const isOurs = canary === undefined || canary.deploymentId === deploymentId;
  if (!isOurs || (now !== captured.deploymentId && now !== deploymentId)) {
    throw changedMeanwhile(`stage ${unit.stage} of ${unit.gateway.id} serves ${isOurs ? now : canary.deploymentId}`);
  }
  if (percent < 100) {
    if (now === deploymentId) throw changedMeanwhile(`stage ${unit.stage} of ${unit.gateway.id} has moved already`);
    if (canary?.percentTraffic === percent) return;

    return patchStage(session, unit, ctx, [
      { op: 'replace', path: '/canarySettings/deploymentId', value: deploymentId },
      { op: 'replace', path: '/canarySettings/percentTraffic', value: `${percent}` },
    ]);
  }

  const patches: PatchOperation[] =
    canary === undefined
      ? [{ op: 'replace', path: '/deploymentId', value: deploymentId }]
      : [
          { op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' },
          { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' },
        ];
  const changed = now === deploymentId ? 'served' : await changeDeployment(session, unit, now, patches, ctx);
  if (changed === 'not changed')
    throw changedMeanwhile(`stage ${unit.stage} of ${unit.gateway.id} is changed by others`);

  if (canary !== undefined) await patchStage(session, unit, ctx, [{ op: 'remove', path: '/canarySettings' }]);
  if (changed === 'replaced') await deployStage(session, unit, ctx);
}

/** The methods that the stage no longer serves. */
async function verify(
  session: Session,
  { gateway, stage = '' }: MoveUnit,
  { methods }: RestCaptured,
  ctx: CallContext,
): Promise<readonly string[]> {
  const deployed = await exportOf(session, gateway.id, stage, ctx);
  const served = new Set(deployed.methods.map(({ key }) => key));
  return methods
    .map(({ verb, path }) => `${verb} ${path}`)
    .filter((key) => !served.has(key))
    .map((key) => `Stage ${stage} of ${gateway.id} does not serve ${key}.`);
}

/** The former deployment, where it was Postern's. One that a stage uses is kept. */
async function releaseOld(
  session: Session,
  { gateway: { id: apiId } }: MoveUnit,
  { deploymentId }: RestCaptured,
  ctx: CallContext,
): Promise<readonly string[]> {
  const old = (await listRestDeployments(session, apiId, ctx)).find(({ id }) => id === deploymentId);
  const isOurs = /^postern(?::|-move\/)/.test(old?.description ?? '');
  return isOurs ? deleteDeployment(session, apiId, deploymentId, ctx) : [];
}

/** How many methods an error names. */
const NAMED = 5;

/**
 * Refuses an API whose working copy differs from what the stage serves: a deployment has the whole working copy, so that
 * the move would deploy changes of others. Compared are which methods there are, and where their private integrations lead;
 * not of those that the move itself has changed (`begun`), nor of methods that exist for a test.
 * @throws {CloudError} `CONFLICT` with the methods that differ
 */
function refuseUndeployed(
  { gateway: { id: apiId }, stage = '' }: MoveUnit,
  served: readonly DeployedMethod[],
  resources: readonly RestResourceOutput[],
  begun: readonly MovedMethod[],
): void {
  const own = new Set(begun.map(({ verb, path }) => `${verb} ${path}`));
  const deployed = new Map<string, RestIntegrationOutput>(
    served.map(({ key, integration }) => [key, integration] as const),
  );
  const drafts = new Map<string, RestIntegrationOutput | undefined>(
    methodsOf(apiId, resources).map(({ verb, path, method }) => [`${verb} ${path}`, method.methodIntegration] as const),
  );
  const keys = [...new Set([...deployed.keys(), ...drafts.keys()])];
  const differing = keys.filter(
    (key) => !own.has(key) && !isTemporaryRoute({ key }) && differs(deployed.get(key), drafts.get(key)),
  );
  if (differing.length === 0) return;

  const more = differing.length > NAMED ? ` and ${differing.length - NAMED} more` : '';
  const named = `${differing.slice(0, NAMED).join(', ')}${more}`;
  throw new CloudError('CONFLICT', `REST API ${apiId} has changes that stage ${stage} does not serve yet: ${named}`, {
    operation: 'GetExport',
    remedy: 'Deploy these changes or revert them, then plan the move again.',
    details: { gatewayId: apiId, stage, routes: differing },
  });
}

/** A member that an export does not show is not compared. */
function differs(deployed: RestIntegrationOutput | undefined, draft: RestIntegrationOutput | undefined): boolean {
  if (deployed === undefined || draft === undefined) return deployed !== draft;
  if (draft.connectionType !== 'VPC_LINK') return deployed.connectionType === 'VPC_LINK';

  const members = ['connectionId', 'integrationTarget', 'uri'] as const;
  return members.some((name) => deployed[name] !== undefined && deployed[name] !== draft[name]);
}
