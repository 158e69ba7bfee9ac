import { defined } from '../ground/defined.js';
import { sharedLink } from '../do/kinds/cloud/link-kinds.js';
import { isPosternError, PosternError } from '../ground/errors.js';
import type { CallContext } from '../ground/calls/call-context.js';
import { withLoadedChecks, type Clouds } from '../do/kinds/cloud/clouds.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import { recordedState, type MoveHistory } from './record/history.js';
import type { MoveContext, RollbackMoveOptions } from './engine/options.js';
import { withoutLink } from './engine/leave.js';
import { plannedState } from './engine/unit-state.js';
import { observeMove } from './observe-move.js';
import { commandsOf, type MovePlan, type PlannedUnit, sortRequest } from './plan/move-plan.js';
import { blockersOf } from './validate/accept.js';
import { moveChecksOf } from './validate/checks/index.js';
import { migrateRollback } from './validate/checks/rollback.js';
import type { Migration, MigrationReport } from './validate/migration.js';
import { validateStage } from './validate/stage-migration.js';
import type { StageMigration } from './validate/place-of-stage.js';
import { validateMigration, type ValidateOptions } from './validate/validate.js';

/** Judges the move back of what is on the new link. @throws {PosternError} `FINDINGS_FAILED` */
export async function requireWayBack(
  history: MoveHistory,
  { driver, clouds, context }: Omit<MoveContext, 'journal'>,
  { accept = [], assume }: RollbackMoveOptions,
): Promise<void> {
  const { plan } = history;
  const moved = new Map<string, PlannedUnit>();
  let isHalf = false;
  for (const one of plan.units) {
    const state = recordedState({ history }, one.unit) ?? plannedState(history, one.unit);
    isHalf ||= state === undefined;
    if (state === undefined) continue;

    const { at, exists } = await driver.moves.where(one.unit, state, context);
    isHalf ||= at === 'old';
    if (exists === false) continue;

    // Without a record of what the unit moved to, it is seen elsewhere.
    if (at === 'new' || at === 'canary' || (at === 'elsewhere' && state.prepared === undefined))
      moved.set(one.unit.gateway.id, one);
  }
  const [first] = moved.values();
  if (first !== undefined && sharedLink(clouds, plan.from.id) !== undefined) {
    if (accept.some(({ check }) => check === 'migrate/rollback')) return;

    throw new PosternError('FINDINGS_FAILED', `cannot determine whether ${first.name} can return to ${plan.from.id}`, {
      remedy: 'Accept it: --accept-unknown migrate/rollback.',
    });
  }

  for (const one of moved.values()) {
    const request = requestBack(clouds, plan, one);
    if (request === undefined) continue;

    const blockers = blockersOf(await reportOrGone(history, { driver, clouds, context }, request, assume), accept);
    const [blocker, ...others] = blockers;
    if (blocker === undefined) continue;

    const forward = isHalf ? ` \`postern ${commandsOf(plan).run} ${history.id}\` moves the rest.` : '';
    const said = ({ check, subject, message }: typeof blocker): string => `${check}: ${subject}: ${message}`;
    throw new PosternError('FINDINGS_FAILED', `the move of ${one.name} back: ${said(blocker)}`, {
      remedy: `${blocker.remedy ?? 'Correct it first.'} Or return all the same, with --despite-errors.${forward}`,
      details: {
        also: others.map((other) => ({ code: 'FINDINGS_FAILED', message: said(other), remedy: other.remedy ?? '' })),
      },
    });
  }
}

/**
 * Why calls of a unit would not be served over its old link, as a clause; undefined where nothing shows that. What cannot be determined
 * does not hold up a return. Neither do settings that a move overwrites: they came from the old link.
 */
export async function unservedOnReturn(
  plan: MovePlan,
  planned: PlannedUnit,
  { driver, clouds: set }: Pick<MoveContext, 'driver' | 'clouds'>,
  ctx: CallContext,
): Promise<string | undefined> {
  const clouds = await withLoadedChecks(set);
  const overwritten = new Set(
    moveChecksOf(clouds, planned.unit.gateway).flatMap(({ id, back }) => (back === undefined ? [id] : [])),
  );
  const findings = await findingsBetween(requestBack(clouds, plan, planned), { plan, driver, clouds }, ctx);
  const broken = findings.find(
    ({ severity, verdict, check }) => severity === 'error' && verdict === 'fail' && !overwritten.has(check),
  );
  return broken && `${broken.check}: ${broken.subject}: ${broken.message}`;
}

/**
 * Why calls that a unit has on its old link are lost there, as a clause, where its new link serves them; undefined where nothing shows
 * that.
 */
export async function lostOnOldLink(
  plan: MovePlan,
  planned: PlannedUnit,
  { driver, clouds: set }: Pick<MoveContext, 'driver' | 'clouds'>,
  ctx: CallContext,
): Promise<string | undefined> {
  const clouds = await withLoadedChecks(set);
  const findings = await findingsBetween(requestForward(clouds, plan, planned), { plan, driver, clouds }, ctx);
  return findings.find(({ check, verdict }) => check === migrateRollback.id && verdict === 'fail')?.message;
}

/** What the move of a gateway between its links reports, in one of the directions. None where no request says it. */
async function findingsBetween(
  request: Back | undefined,
  { plan, driver, clouds }: Pick<MoveContext, 'driver' | 'clouds'> & { readonly plan: MovePlan },
  ctx: CallContext,
): Promise<MigrationReport['findings']> {
  if (request === undefined || sharedLink(clouds, plan.from.id) !== undefined) return [];

  try {
    return reportOf(await observeMove(driver, request, ctx), request, { clouds }).findings;
  } catch (error) {
    // What the request names does not exist any more, or is there already: the move itself shows it.
    if (isPosternError(error, 'NOT_FOUND') || isPosternError(error, 'INVALID_INPUT')) return [];

    throw error;
  }
}

function requestBack(
  clouds: Clouds,
  plan: Pick<MovePlan, 'provider' | 'region' | 'request'>,
  planned: PlannedUnit,
): Back | undefined {
  const { from, to } = planned.unit;
  return requestBetween(clouds, plan, planned, { from: to.id, to: from.id, balancer: planned.formerBalancer });
}

function requestForward(
  clouds: Clouds,
  plan: Pick<MovePlan, 'provider' | 'region' | 'request'>,
  planned: PlannedUnit,
): Back | undefined {
  const { from, to, targetBalancer: balancer } = planned.unit;
  return requestBetween(clouds, plan, planned, { from: from.id, to: to.id, balancer });
}

/** Undefined for a stage whose routes call several load balancers: each goes its own way, and no request says which. */
function requestBetween(
  clouds: Clouds,
  { provider, region, request }: Pick<MovePlan, 'provider' | 'region' | 'request'>,
  { unit: { gateway } }: PlannedUnit,
  { from, to, balancer }: { readonly from: string; readonly to: string; readonly balancer: string | undefined },
): Back | undefined {
  const sorted = sortRequest(request);
  if (sorted.is === 'stage')
    return balancer === undefined ? undefined : { ...sorted.migration, region, from, to, targetBalancer: balancer };
  if (sorted.is === 'gateway' && 'api' in sorted.migration) {
    const { api, route } = sorted.migration;
    return { provider, region, api, from, to, ...defined({ route }) };
  }

  return clouds.gateway(gateway.kind).movesAsOne
    ? { provider, region, group: gateway.id, to }
    : { provider, region, api: gateway.id, from, to };
}

type Back = Migration | StageMigration;

/** @throws {PosternError} `WORLD_MOVED` where the former link does not exist any more, with what ends the move */
async function reportOrGone(
  history: MoveHistory,
  { driver, clouds: set, context }: Omit<MoveContext, 'journal'>,
  request: Back,
  assume: RollbackMoveOptions['assume'],
): Promise<MigrationReport> {
  const { plan } = history;
  const clouds = await withLoadedChecks(set);
  try {
    return reportOf(await observeMove(driver, request, context), request, { clouds, assume });
  } catch (error) {
    if (!isPosternError(error, 'NOT_FOUND') || (await driver.links.find(plan.from, context)) !== undefined) throw error;

    const { message, remedy } = withoutLink({ plan, history }, plan.from).error;
    throw new PosternError('WORLD_MOVED', message, { remedy, cause: error });
  }
}

function reportOf(snapshot: Snapshot, back: Back, given: Omit<ValidateOptions, 'passes'>): MigrationReport {
  const how = { ...given, passes: false };
  return 'stage' in back ? validateStage(snapshot, back, how) : validateMigration(snapshot, back, how);
}
