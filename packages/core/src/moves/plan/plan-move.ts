import { sharedLink } from '../../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { InvalidInputError } from '../../ground/errors.js';
import { isOpen, type OpenFinding } from '../../do/findings/finding.js';
import { acceptUnknowns, blockersOf } from '../validate/accept.js';
import type { AcceptedUnknown } from '../validate/migration.js';
import { judgeMigration, type JudgedMigration, type ValidateOptions } from '../validate/validate.js';
import { judgeStage } from '../validate/stage-migration.js';
import { judgeInstance } from '../validate/validate-instance.js';
import type { Snapshot, RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { lengthOfTime } from '../../ground/text/quantities.js';
import { identified } from './read-move-plan.js';
import {
  MOVE_PLAN_VERSION,
  type DraftMovePlan,
  type MovePlan,
  type MoveRequest,
  type PlannedUnit,
  type SortedRequest,
  type WidenEntry,
  sortRequest,
} from './move-plan.js';
import { placeOfRequest, type MovePlace } from './place-of-request.js';
import { probesOf } from './route-tests.js';
import { unitsOf, wantedEntries } from './units-of.js';
import { requireGiven } from '../validate/given-arguments.js';

/** Options of a plan. */
export interface PlanMoveOptions extends Omit<ValidateOptions, 'passes'> {
  /** The IDs of security groups whose rules may be widened. */
  readonly manage?: readonly string[] | undefined;
  /** Undecided errors that do not stop the move; see `parseAccepted`. */
  readonly accept?: readonly AcceptedUnknown[] | undefined;
}

/** Each round of validation may find what an entry of the round before uncovered. */
const MOST_ROUNDS = 8;

/**
 * Plans a move: validates it, adds what Postern may add, validates what remains, and lists the parts that move. Pure.
 *
 * ```ts
 * const request = { api: 'a1b2c3', from: 'old123', to: 'new456' };
 * const plan = planMove(await observeMove(driver, request, ctx), request, driver);
 * console.log(movePlanText(plan));
 * ```
 *
 * @throws {InvalidInputError} as `validateMigration` and `validateInstance`; `NOT_FOUND` for a group of `manage` that
 *   does not exist. {CloudError} the code of a gap that hides a gateway or a link.
 */
export function planMove(snapshot: Snapshot, request: MoveRequest, options: PlanMoveOptions): MovePlan {
  requireGiven('planMove', snapshot, options);
  return identified(planWith([], snapshot, request, options));
}

/** Plans a move again, for a run that adds the entries of its plan: what remains is judged as if they were there. */
export function replanMove(
  snapshot: Snapshot,
  { request, manage, widen }: Pick<MovePlan, 'request' | 'manage' | 'widen'>,
  options: Omit<PlanMoveOptions, 'manage'>,
): DraftMovePlan {
  return planWith(widen, snapshot, request, { ...options, manage });
}

function planWith(
  known: readonly WidenEntry[],
  snapshot: Snapshot,
  request: MoveRequest,
  options: PlanMoveOptions,
): DraftMovePlan {
  const { clouds, manage = [], accept = [], assume, now } = options;
  const sorted = sortRequest(request);
  const place = placeOfRequest(snapshot, sorted, clouds);
  requireGroups(place, manage);
  const how = { clouds, assume, now, passes: false, impact: false };
  const widen = new Map(known.map((entry) => [entry.id, entry]));
  let judged: readonly JudgedPart[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const tested = new Set<string>();
    const wide = widenSnapshot(snapshot, place, [...widen.values()]);
    judged = judgeAll(wide, sorted, { ...how, accept }, (one, route) =>
      partOf(one, { clouds, place, manage, tested, route }),
    );
    const before = widen.size;
    for (const { wanted } of judged) for (const entry of wanted) widen.set(entry.id, entry);
    if (widen.size === before) break;
  }
  const units = judged.flatMap((one) => one.units);
  const findings = judged.flatMap((one) => one.findings);
  const accepted = acceptUnknowns({ findings: distinct(findings) }, accept).findings;
  const blockers = blockersOf({ findings: accepted });
  const { provider, region, account, from, to } = place;
  return {
    version: MOVE_PLAN_VERSION,
    kind: 'move',
    request,
    manage,
    takenAt: snapshot.takenAt,
    provider,
    region,
    account,
    from,
    to,
    units,
    widen: [...widen.values()],
    todos: blockers
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ check, subject, message, remedy }) => ({ check, subject, message, text: remedy ?? message })),
    undecided: blockers.filter(({ verdict }) => verdict === 'unknown'),
    findings: accepted,
    notes: notesOf(clouds, units),
  };
}

/** What a plan takes of a gateway that was judged. */
interface JudgedPart {
  readonly wanted: readonly WidenEntry[];
  readonly findings: readonly OpenFinding[];
  readonly units: readonly PlannedUnit[];
}

function partOf(
  judged: JudgedMigration,
  {
    clouds,
    place,
    manage,
    tested,
    route,
  }: {
    readonly clouds: Clouds;
    readonly place: MovePlace;
    readonly manage: readonly string[];
    readonly tested: Set<string>;
    readonly route: string | undefined;
  },
): JudgedPart {
  const { report, found } = judged;
  const findings = report.findings.filter(isOpen).map((one) => asOfMove(clouds, one, place));
  if (found === undefined) return { wanted: [], findings, units: [] };

  const { probes, untested } = probesOf(found, place.to, tested);
  return {
    wanted: wantedEntries(judged, place.to, manage),
    findings: [...findings, ...untested],
    units: unitsOf(found, { ...place, route }).map((part) => {
      const { routes } = part.unit;
      return { ...part, probes: probes.filter(({ key }) => routes?.includes(key) ?? true) };
    }),
  };
}

/** Whether the service takes a group back to a shared instance is not documented: a move from one must accept that. */
function asOfMove(clouds: Clouds, finding: OpenFinding, { from }: MovePlace): OpenFinding {
  const isReturn = finding.check === 'migrate/rollback' && finding.verdict === 'unknown';
  if (!isReturn || sharedLink(clouds, from.id) === undefined) return finding;

  return {
    ...finding,
    severity: 'error',
    remedy: `Accept it: --accept-unknown "${finding.check}:${finding.subject}".`,
  };
}

/** One gateway, or each group of an instance in the order in which to move them. */
function judgeAll<T>(
  snapshot: Snapshot,
  sorted: SortedRequest,
  options: ValidateOptions & Pick<PlanMoveOptions, 'accept'> & { readonly impact: boolean },
  use: (judged: JudgedMigration, route: string | undefined) => T,
): readonly T[] {
  if (sorted.is === 'stage') {
    const { report, place, input } = judgeStage(snapshot, sorted.migration, options);
    return [use({ report, found: { gateway: place.gateway, input } }, undefined)];
  }
  if (sorted.is === 'gateway') {
    const { migration } = sorted;
    const route = 'route' in migration ? migration.route : undefined;
    return [use(judgeMigration(snapshot, migration, options), route)];
  }

  return judgeInstance(snapshot, sorted.migration, options, (one) => use(one, undefined)).map(({ used }) => used);
}

function requireGroups(
  { securityGroupIds, region }: Pick<ReturnType<typeof placeOfRequest>, 'securityGroupIds' | 'region'>,
  manage: readonly string[],
): void {
  const absent = manage.find((id) => !securityGroupIds.includes(id));
  if (absent === undefined) return;

  throw new InvalidInputError('NOT_FOUND', `security group ${absent} does not exist in ${region}, or was not read`, {
    remedy: 'Name security groups of the region whose rules Postern may add to.',
  });
}

/** A finding of several groups about one backend is listed once. */
function distinct(findings: readonly OpenFinding[]): readonly OpenFinding[] {
  const known = new Map(
    findings.map((one) => [JSON.stringify([one.check, one.code, one.verdict, one.integration, one.subject]), one]),
  );
  return [...known.values()];
}

function notesOf(clouds: Clouds, units: readonly PlannedUnit[]): readonly string[] {
  const [first] = units;
  if (first === undefined) return [];

  const { movesWithinMs } = clouds.gateway(first.unit.gateway.kind);
  const effect =
    movesWithinMs === undefined
      ? []
      : [
          `Callers may reach ${first.unit.from.id} for up to ${lengthOfTime(movesWithinMs)} after the switch; both links send calls to the backends in this time.`,
        ];
  return [
    ...effect,
    `Until \`finish\`, \`rollback\` returns to ${first.unit.from.id}. After it, a return is a new move.`,
    ...(movesWithinMs === undefined ? [] : ['A custom domain with an A record does not follow the move.']),
  ];
}

/** The snapshot as it is after the entries were added, so that validation judges what remains. */
function widenSnapshot(
  snapshot: Snapshot,
  { provider, region, account }: Pick<MovePlan, 'provider' | 'region' | 'account'>,
  entries: readonly WidenEntry[],
): Snapshot {
  if (entries.length === 0) return snapshot;

  const regions = snapshot.regions.map((one) =>
    one.provider === provider && one.region === region && one.account === account ? widened(one, entries) : one,
  );
  return { ...snapshot, regions };
}

function widened(region: RegionSnapshot, entries: readonly WidenEntry[]): RegionSnapshot {
  const allowlists = region.allowlists.map((list) => {
    const added = entries.flatMap((one) =>
      one.kind === 'allowlist' && one.link.id === list.linkId ? [one.entry] : [],
    );
    return added.length === 0 ? list : { ...list, entries: [...list.entries, ...added] };
  });
  const securityGroups = region.securityGroups.map((group) => {
    const added = entries.flatMap((one) => (one.kind === 'group-rule' && one.rule.groupId === group.id ? [one] : []));
    if (added.length === 0) return group;

    const rules = added.map(({ rule: { direction, fromPort, toPort, cidr, peerGroupId, priority } }) => ({
      direction: direction === 'ingress' ? ('in' as const) : ('out' as const),
      protocol: 'tcp',
      fromPort,
      toPort,
      cidrBlock: cidr,
      securityGroupId: peerGroupId,
      action: 'allow' as const,
      priority,
    }));
    return { ...group, rules: [...group.rules, ...rules] };
  });
  return { ...region, allowlists, securityGroups };
}
