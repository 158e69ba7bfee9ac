import type { CallContext } from '@postern/core';
import { isPosternError, type MovePosition, type MoveUnit } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { exportOf } from '../rest-api/stage-export.js';
import { findStage } from '../rest-api/write/stage/stage-state.js';
import { isSame, targetsOf } from './rest-integrations.js';
import type { MovedMethod, RestCaptured, RestPrepared } from './rest-state.js';

/**
 * Where the calls of a stage go. A deployment of another writer counts by where its methods lead: some of them over the new link
 * are a part of the calls.
 */
export async function whereStage(
  session: Session,
  unit: MoveUnit,
  captured: RestCaptured,
  prepared: RestPrepared | undefined,
  ctx: CallContext,
): Promise<MovePosition> {
  const stage = await findStage(session, unit.gateway.id, unit.stage ?? '', ctx);
  if (stage === undefined) return { at: 'elsewhere', found: `stage ${unit.stage} does not exist` };
  const { deploymentId: now, canarySettings: canary } = stage;
  const isNew = prepared !== undefined && now === prepared.deploymentId;
  if (!isNew && now !== captured.deploymentId) {
    const found = `stage ${unit.stage}: deployment ${now}`;
    const isOwn = canary !== undefined && canary.deploymentId === prepared?.deploymentId;
    if (canary !== undefined && !isOwn) return { at: 'elsewhere', found };
    const { new: moved, others } = await servedSides(session, unit, captured, prepared, ctx);
    if (moved.length === 0 && isOwn) return { at: 'canary', percent: canary.percentTraffic ?? 0, found };
    if (moved.length === 0) return others.length === 0 ? { at: 'old' } : { at: 'elsewhere', found };
    if (moved.length === captured.methods.length && !isOwn) return { at: 'new' };
    return { at: 'canary', percent: Math.round((100 * moved.length) / captured.methods.length), found };
  }
  if (canary === undefined) return { at: isNew ? 'new' : 'old' };
  if (prepared === undefined || canary.deploymentId !== prepared.deploymentId) {
    return { at: 'elsewhere', found: `stage ${unit.stage}: a canary with deployment ${canary.deploymentId}` };
  }
  // A promoted canary that is not removed yet takes no calls of its own.
  return { at: 'canary', percent: isNew ? 100 : (canary.percentTraffic ?? 0) };
}

/** The methods that move, by where they lead in what the stage serves. Both link and target decide. */
export async function servedSides(
  session: Session,
  unit: MoveUnit,
  captured: RestCaptured,
  prepared: RestPrepared | undefined,
  ctx: CallContext,
): Promise<Readonly<Record<'old' | 'new' | 'others', readonly MovedMethod[]>>> {
  const { methods } = await exportOf(session, unit.gateway.id, unit.stage ?? '', ctx);
  const served = new Map(methods.map(({ key, integration }) => [key, integration] as const));
  const wanted = prepared?.methods ?? (await wantedMethods(session, unit, captured, ctx));
  const isServed = (one: MovedMethod): boolean => {
    const is = served.get(`${one.verb} ${one.path}`);
    if (is === undefined) return false;
    const { integrationTarget = one.integrationTarget } = is; // the export of a V2 link may not show it
    return isSame({ connectionId: is.connectionId ?? '', integrationTarget, uri: is.uri ?? '' }, one);
  };
  const sideOf = (before: MovedMethod, at: number): 'old' | 'new' | 'others' => {
    if (isServed(before)) return 'old';
    const after = wanted[at];
    return after !== undefined && isServed(after) ? 'new' : 'others';
  };
  const sides = captured.methods.map((one, at) => [sideOf(one, at), one] as const);
  const on = (side: 'old' | 'new' | 'others') => sides.flatMap(([its, one]) => (its === side ? [one] : []));
  return { old: on('old'), new: on('new'), others: on('others') };
}

/** Where the methods lead over the new link; none where the load balancer behind it does not exist any more. */
export async function wantedMethods(
  session: Session,
  unit: MoveUnit,
  captured: RestCaptured,
  ctx: CallContext,
): Promise<readonly MovedMethod[]> {
  try {
    return await targetsOf(session, unit, captured, ctx);
  } catch (error) {
    if (!isPosternError(error, 'NOT_FOUND')) throw error;
    return [];
  }
}
