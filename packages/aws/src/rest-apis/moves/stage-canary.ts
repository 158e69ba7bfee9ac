import type { CallContext } from '@postern/core/internal/library';
import {
  CloudError,
  GONE,
  readUntil,
  type MoveMethods,
  type MovePosition,
  type MoveUnit,
  type ShiftCaptured,
} from '@postern/core/internal/adapter';
import type { Session } from '../../client/session.js';
import { listRestDeployments } from '../read-rest-api.js';
import { STALENESS_MS } from '../../limits.js';
import { findStage, flushCache, refuseCanary } from '../write/stage/deploy.js';
import type { PatchOperation, RestStageOutput } from '../../sdk-types.js';
import { moveMethods, changedMeanwhile } from '../../move-methods.js';
import { getStage, patchStage } from './rest-stage.js';

type Variables = { readonly [name: string]: string };

/** What was there before a shift: the deployment of the stage, and the variables that the canary overrides. */
type Captured = ShiftCaptured & {
  readonly deploymentId: string;
  readonly before: Variables;
  readonly overrides: Variables;
  /** Whether the stage had a canary of its own before. */
  readonly hadCanary?: boolean;
};

/**
 * Shifts the calls of a stage of a REST API to another deployment, to other values of stage variables, or both, as a canary. At 100 %
 * the canary has all calls, and the stage keeps what it serves until the shift is promoted: the way back is the removal of the canary.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function stageCanaries(session: Session): MoveMethods {
  /** `always`: a record shows that a share was given, so an answer that shows another one may be an older one. */
  const canary = async (
    unit: MoveUnit,
    captured: Captured,
    percent: number,
    { ctx, always = false }: { readonly ctx: CallContext; readonly always?: boolean },
  ): Promise<void> => {
    const stage = await readStage(session, unit, ctx);
    const { at, found } = positionOf(unit, captured, stage);
    if (at === 'elsewhere') throw changedMeanwhile(`${unit.id}: ${found ?? ''}`);

    // A process that was killed while it promoted may have left what the stage is to serve, and its canary.
    const restored = always && isPromoted(captured, stage) ? restore(captured) : [];
    if (!always && stage.canarySettings?.percentTraffic === percent) return;

    await patch(session, unit, ctx, [
      replace('/canarySettings/deploymentId', captured.to.id),
      ...Object.entries(captured.overrides).map(([name, value]) =>
        replace(`/canarySettings/stageVariableOverrides/${name}`, value),
      ),
      replace('/canarySettings/percentTraffic', String(percent)),
      ...restored,
    ]);
  };
  return moveMethods<Captured, typeof PREPARED>({
    capture: (unit, ctx) => capture(session, unit, ctx),
    prepare: () => Promise.resolve(PREPARED),
    findPrepared: () => Promise.resolve(PREPARED),
    shift: (unit, { captured }, percent, ctx) => canary(unit, captured, percent, { ctx }),
    where: async (unit, { captured }, ctx) => {
      const stage = await findStage(session, unit.gateway.id, unit.shift?.part ?? '', ctx);
      return stage === undefined ? GONE : positionOf(unit, captured, stage);
    },
    settle: ({ gateway, shift }, _state, ctx) => flushCache(session, gateway.id, shift?.part ?? '', ctx),
    verify: () => Promise.resolve([]),
    back: async (unit, { captured }, ctx) => {
      if (captured.percent > 0) return canary(unit, captured, captured.percent, { ctx, always: true });

      // A share was given: an answer that shows none may be an older one.
      const stage = await readUntil(
        () => readStage(session, unit, ctx),
        (one) => one.canarySettings !== undefined || isPromoted(captured, one),
        STALENESS_MS,
        ctx,
      );
      const { at, found } = positionOf(unit, captured, stage);
      if (at === 'elsewhere') throw changedMeanwhile(`${unit.id}: ${found ?? ''}`);

      // A process that was killed while it promoted may have left both.
      const restored = isPromoted(captured, stage) ? restore(captured) : [];
      const removed = stage.canarySettings === undefined ? [] : [REMOVE_CANARY];
      if (restored.length + removed.length > 0) await patch(session, unit, ctx, [...restored, ...removed]);
    },
    release: async (unit, { captured }, which, ctx) => {
      const stage = await readStage(session, unit, ctx);
      if (stage.canarySettings === undefined) return [];
      if (which === 'new') {
        // Without a share it is not seen as one, and it stops deployments to the stage.
        if (captured.hadCanary === true || !isEmptyOwn(captured, stage)) return [];

        await patch(session, unit, ctx, [REMOVE_CANARY]);
        return [`canary of stage ${unit.shift?.part} of ${unit.gateway.id}`];
      }
      if (positionOf(unit, captured, stage).at !== 'new')
        throw changedMeanwhile(`${unit.id}: its canary is another one now`);

      if (!isPromoted(captured, stage)) await patch(session, unit, ctx, PROMOTE);
      await patch(session, unit, ctx, [REMOVE_CANARY]);
      return [`canary of stage ${unit.shift?.part} of ${unit.gateway.id}`];
    },
  });
}

/** The deployment exists before the shift. Null would mean that nothing is to be released. */
const PREPARED = { exists: true } as const;

const REMOVE_CANARY: PatchOperation = { op: 'remove', path: '/canarySettings' };

/** The list of the console's promotion: in one call the stage serves what the canary did, which then gets no call of its own. */
const PROMOTE: readonly PatchOperation[] = [
  { op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' },
  { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' },
  { op: 'copy', path: '/variables', from: '/canarySettings/stageVariableOverrides' },
];

function replace(path: string, value: string): PatchOperation {
  return { op: 'replace', path, value };
}

/** The deployment and the variables as they were. */
function restore({ deploymentId, before, overrides }: Captured): PatchOperation[] {
  return [
    replace('/deploymentId', deploymentId),
    ...Object.keys(overrides).map((name): PatchOperation => {
      const value = before[name];
      return value === undefined ? { op: 'remove', path: `/variables/${name}` } : replace(`/variables/${name}`, value);
    }),
  ];
}

/** @throws {CloudError} `NOT_FOUND` for a stage or a deployment that does not exist; `CANARY_ACTIVE`: that of others is never overwritten */
async function capture(session: Session, unit: MoveUnit, ctx: CallContext): Promise<Captured> {
  const stage = await readStage(session, unit, ctx);
  const { deploymentId = '', variables = {}, canarySettings: canary } = stage;
  const { to: named = '', variables: overrides = {} } = unit.shift ?? {};
  const id = named === '' ? deploymentId : named;
  const isOwn = canary?.deploymentId === id && isSame(canary.stageVariableOverrides, overrides);
  if (!isOwn) refuseCanary(unit.gateway.id, stage);
  const deployments = await listRestDeployments(session, unit.gateway.id, ctx);
  if (!deployments.some((one) => one.id === id)) {
    throw new CloudError('NOT_FOUND', `REST API ${unit.gateway.id} has no deployment ${id}`, {
      operation: 'GetDeployments',
      remedy: `It has ${
        deployments
          .slice(0, 10)
          .map((one) => one.id)
          .join(', ') || 'none'
      }.`,
    });
  }

  // Values of variables may be secrets, so no name has one. Two names of one deployment differ by whose the values are.
  const given = Object.keys(overrides).map((name) => `${name} as given`);
  const former = Object.keys(id === deploymentId ? overrides : {}).map((name) =>
    variables[name] === undefined ? `without ${name}` : `${name} as it was`,
  );
  const isThere = deploymentId === id && Object.entries(overrides).every(([name, value]) => variables[name] === value);
  const before = Object.fromEntries(Object.entries(variables).filter(([name]) => Object.hasOwn(overrides, name)));
  return {
    kind: 'deployment',
    from: [{ id: deploymentId, name: `deployment ${deploymentId}${inBrackets(former)}` }],
    to: { id, name: `deployment ${id}${inBrackets(given)}` },
    percent: isThere ? 100 : isOwn ? (canary.percentTraffic ?? 0) : 0,
    notes: ['The split is random for each call: a caller may get answers of both.'],
    deploymentId,
    before,
    overrides,
    ...(canary === undefined ? {} : { hadCanary: true }),
  };
}

function inBrackets(words: readonly string[]): string {
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** Whether the stage itself serves what the canary is to serve. */
function isPromoted({ deploymentId, to, overrides }: Captured, stage: RestStageOutput): boolean {
  const hasAll = Object.entries(overrides).every(([name, value]) => stage.variables?.[name] === value);
  return stage.deploymentId === to.id && hasAll && (to.id !== deploymentId || Object.keys(overrides).length > 0);
}

/** Whether the stage has the canary of this shift, without a share. */
function isEmptyOwn({ to, overrides }: Captured, { canarySettings: canary }: RestStageOutput): boolean {
  const isOwn = canary?.deploymentId === to.id && isSame(canary.stageVariableOverrides, overrides);
  return isOwn && (canary.percentTraffic ?? 0) === 0;
}

function positionOf(unit: MoveUnit, captured: Captured, stage: RestStageOutput): MovePosition {
  const { deploymentId, canarySettings: canary } = stage;
  const isOwn = canary?.deploymentId === captured.to.id && isSame(canary.stageVariableOverrides, captured.overrides);
  if (isPromoted(captured, stage) && (canary === undefined || isOwn)) return { at: 'new' };

  const percent = canary?.percentTraffic ?? 0;
  if (deploymentId === captured.deploymentId && (canary === undefined || isOwn)) {
    if (percent === captured.percent) return { at: 'old' };
    if (unit.shift?.steps.includes(percent) === true)
      return percent === 100 ? { at: 'new' } : { at: 'canary', percent };
  }
  const split = canary === undefined ? '' : ` with a canary of ${percent} % on deployment ${canary.deploymentId}`;
  return { at: 'elsewhere', found: `it serves deployment ${deploymentId}${split}` };
}

function isSame(given: Readonly<Record<string, string>> | undefined, wanted: Variables): boolean {
  const names = Object.keys(given ?? {});
  return names.length === Object.keys(wanted).length && names.every((name) => given?.[name] === wanted[name]);
}

function readStage(session: Session, unit: MoveUnit, ctx: CallContext): Promise<RestStageOutput> {
  return getStage(session, { ...unit, stage: unit.shift?.part }, ctx);
}

function patch(
  session: Session,
  unit: MoveUnit,
  ctx: CallContext,
  operations: readonly PatchOperation[],
): Promise<void> {
  return patchStage(session, { ...unit, stage: unit.shift?.part }, ctx, [...operations]);
}
