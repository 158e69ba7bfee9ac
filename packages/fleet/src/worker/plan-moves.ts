import { InvalidInputError, PosternError, type Snapshot, type RegionSnapshot } from '@postern/core/internal/library';
import {
  gatewayOfStage,
  moveId,
  observeMove,
  readAccepted,
  planMove,
  refuseOpenPlan,
  type KeptMove,
  type MovePlan,
  isShift,
  linkIdsIn,
  type MoveRequest,
} from '@postern/core/internal/moves';
import { clouds, withLoadedChecks, type Clouds } from '@postern/core/internal/kinds';
import type { StepError } from '@postern/core/internal/engine';
import type { FleetMove } from '../model.js';
import { type Setting, settled } from './failures.js';
import { readPace } from './step-pace.js';
import { driversFor, type PlannedMove, type SpecWork, groupsOf } from './works.js';

/** A request with IDs in place of names. `isDone`: what it names uses the new link already. */
export type FoundRequest = { readonly request: MoveRequest; readonly isDone: boolean };

/**
 * The requests that an entry of `moves` means in an account and region: one, or one for each API group whose name matches.
 * @throws {InvalidInputError} `NOT_FOUND` where no group matches, `AMBIGUOUS` where several links have the name
 */
export function requestsOf(asked: MoveRequest, snapshot: Snapshot): readonly FoundRequest[] {
  const region = snapshot.regions[0];
  if (region === undefined || isShift(asked)) return []; // a fleet's file names no shift

  const idOf = linkIdsIn(snapshot);
  const to = idOf(asked.to);
  if ('stage' in asked) {
    const from = asked.from === undefined ? {} : { from: idOf(asked.from) };
    return [one({ ...asked, ...from, to }, hasMoved(region, { gateway: gatewayOfStage(asked), ...from, to }))];
  }
  if ('group' in asked) {
    const groups = region.gateways.filter(({ linkId }) => linkId !== undefined); // routes of other kinds have links of their own
    return groupsOf(asked.group, region, groups).map(({ id, linkId }) => one({ group: id, to }, linkId === to));
  }

  const from = idOf(asked.from);
  if ('api' in asked)
    return [one({ ...asked, from, to }, hasMoved(region, { gateway: asked.api, from, to, route: asked.route }))];

  const isLeft = region.gateways.some(({ linkId }) => linkId === from);
  const isKnown = region.links.some(({ id }) => id === from) && !hasGaps(region);
  return [one({ from, to }, isKnown && !isLeft)];
}

const one = (request: MoveRequest, isDone: boolean): FoundRequest => ({ request, isDone });

/** Whether routes of a gateway use the new link, and none that is meant uses the old one. */
function hasMoved(
  { gateways }: RegionSnapshot,
  {
    gateway: id,
    from,
    to,
    route,
  }: { readonly gateway: string; readonly from?: string; readonly to: string; readonly route?: string | undefined },
): boolean {
  const routes = gateways.find((gateway) => gateway.id === id)?.routes ?? [];
  const moving = routes.filter(({ key, linkId }) => linkId !== undefined && (route ?? key) === key);
  const isOld = (linkId: string | undefined): boolean => (from === undefined ? linkId !== to : linkId === from);
  return moving.some(({ linkId }) => linkId === to) && !moving.some(({ linkId }) => isOld(linkId));
}

function hasGaps({ gaps }: RegionSnapshot): boolean {
  return gaps.some(({ of }) => of === undefined || of === 'gateways');
}

/** The plans of the moves of an account and region, in their order. Plain JSON. */
export type PlannedMoves = {
  readonly planned: readonly PlannedMove[];
  /** Gateways that had moved already. */
  readonly unchanged: number;
  readonly findings: Readonly<Record<string, number>>;
};

type Work = SpecWork & { readonly moves: NonNullable<SpecWork['moves']> };

/** Reads an account and region once, and plans its moves. `open`: what earlier runs began keeps the plan that it began with. */
export function planMoves(
  work: Work,
  open: readonly KeptMove[],
  setting: Setting,
): Promise<PlannedMoves | { readonly error: StepError }> {
  return settled(async (signal) => {
    const { moves: all, account, provider, region } = work.moves;
    const context = { ...setting.context, signal, pace: readPace(setting.pace) };
    if (work.options.rollback === true) {
      const planned = open.map(({ plan }) =>
        plannedMove(
          plan,
          all.find(({ request }) => request.to === plan.to.id),
          true,
        ),
      );
      return { planned, unchanged: 0, findings: {} };
    }

    const driver = await driversFor(work, setting.driverOf)({ provider, account, region });
    const snapshot = await observeMove(driver, undefined, context);
    const set = await withLoadedChecks(clouds([driver.cloud]));
    const planned: PlannedMove[] = [];
    let unchanged = 0;
    for (const move of all) {
      for (const { request, isDone } of requestsOf(move.request, snapshot)) {
        const id = moveId({ provider, region, account }, request);
        const kept = open.find(({ plan }) => plan.move === id);
        if (kept !== undefined) planned.push(plannedMove(kept.plan, move, true));
        else if (isDone) unchanged += 1;
        else planned.push(plannedMove(newPlan(snapshot, request, move, { work, clouds: set }), move, false));
      }
    }
    refuseShared(planned, open);
    const findings: Record<string, number> = {};
    for (const { verdict } of planned.flatMap(({ plan }) => plan.findings))
      findings[verdict] = (findings[verdict] ?? 0) + 1;
    return { planned, unchanged, findings };
  });
}

function newPlan(
  snapshot: Snapshot,
  request: FleetMove['request'],
  { manage, acceptUnknown = [] }: FleetMove,
  { work, clouds }: { readonly work: Work; readonly clouds: Clouds },
): MovePlan {
  const accept = acceptUnknown.map((text) => readAccepted(text));
  const plan = planMove(snapshot, request, { clouds, manage, accept, assume: work.spec.assume });
  refuseOpenPlan(plan);
  return plan;
}

function plannedMove(plan: MovePlan, move: FleetMove | undefined, isOpen: boolean): PlannedMove {
  const { request: _, ...how } = move ?? { request: plan.request };
  return { ...how, id: unitIdOf(plan), plan, isOpen };
}

/** The ID of a move's unit. IDs of units have no slash. */
function unitIdOf({ request }: MovePlan): string {
  const what =
    'stage' in request
      ? `${gatewayOfStage(request)} ${request.stage}`
      : 'group' in request
        ? request.group
        : 'api' in request
          ? [request.api, request.route ?? []].flat().join(' ')
          : isShift(request)
            ? request.shift.id
            : request.from;
  return `move:${what.replaceAll('/', '|')}`;
}

/** Refuses two moves of one gateway: in the file, or one that is open. */
function refuseShared(planned: readonly PlannedMove[], open: readonly KeptMove[]): void {
  const owners = new Map<string, string>();
  for (const { plan } of planned) {
    for (const { unit, name } of plan.units) {
      const other = open.find(
        (one) => one.plan.move !== plan.move && one.plan.units.some((of) => of.unit.gateway.id === unit.gateway.id),
      );
      if (other !== undefined && !planned.some((one) => one.plan.move === other.plan.move)) {
        const { from, to } = other.plan;
        throw new PosternError('MOVE_OPEN', `${name} is in the open move from ${from.id} to ${to.id}`, {
          remedy:
            'Declare that move again to continue it, or return with `postern fleet up --goal migrate --rollback`.',
        });
      }

      const owner = owners.get(unit.id);
      owners.set(unit.id, plan.move);
      if (owner === undefined || owner === plan.move) continue;

      throw new InvalidInputError('INVALID_INPUT', `${name} is in two moves`, {
        remedy: 'Remove one of them from `moves` of the fleet.',
      });
    }
  }
}
