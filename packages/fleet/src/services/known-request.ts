import { BROUGHT, type BroughtKey } from '../brought/names.js';
import { APPROVALS } from '../config/fleet-schema.js';
import type {
  FleetAccount,
  FleetLimits,
  FleetMove,
  FleetMoves,
  FleetSpec,
  FleetWave,
  RunOptions,
  RunRequest,
} from '../model.js';

type MembersOf<T> = Readonly<Record<keyof T, true>>;

const request: MembersOf<RunRequest> = {
  run: true,
  goal: true,
  specs: true,
  accounts: true,
  waves: true,
  limits: true,
  approvals: true,
  approvers: true,
  options: true,
  by: true,
  reason: true,
};
const limits: MembersOf<FleetLimits> = { concurrency: true, toleratedFailures: true, maxDeletes: true };
const options: MembersOf<RunOptions> = {
  allowPurchase: true,
  deleteAllRoutes: true,
  drain: true,
  ignoreFindings: true,
  probe: true,
  prune: true,
  replaceFailed: true,
  rollback: true,
};
const account: MembersOf<FleetAccount> = { id: true, provider: true, name: true, role: true, externalId: true };
const wave: MembersOf<FleetWave> = { name: true, specs: true, approval: true };
const spec: MembersOf<Omit<FleetSpec, BroughtKey>> = { name: true, spec: true, moves: true };
const moves: MembersOf<FleetMoves> = { provider: true, account: true, region: true, moves: true };
const move: MembersOf<FleetMove> = {
  request: true,
  manage: true,
  acceptUnknown: true,
  canary: true,
  batch: true,
  pauseMs: true,
  drainMs: true,
  probePath: true,
};

/**
 * What of a request workers of this version do not know: `options.dryRun`, `approvals: rename`. A newer command sent
 * it. A limit, option or approval that is not read would not hold. The spec is checked where it is planned, and the
 * goal where it is carried out.
 */
export function unknownIn(given: RunRequest): readonly string[] {
  const brought = Object.fromEntries(BROUGHT.map(({ key }) => [key, true]));
  const kinds = new Set<string>(Object.values(APPROVALS));
  return [
    ...others(given, request, ''),
    ...others(given.limits ?? {}, limits, 'limits.'),
    ...others(given.options ?? {}, options, 'options.'),
    ...(given.approvals ?? []).filter((kind) => !kinds.has(kind)).map((kind) => `approvals: ${kind}`),
    ...given.accounts.flatMap((one) => others(one, account, 'accounts.')),
    ...given.waves.flatMap((one) => others(one, wave, 'waves.')),
    ...given.specs.flatMap((one) => [
      ...others(one, { ...spec, ...brought }, 'specs.'),
      ...others(one.moves ?? {}, moves, 'moves.'),
      ...(one.moves?.moves ?? []).flatMap((each) => others(each, move, 'moves.')),
    ]),
  ];
}

function others(value: object, known: Readonly<Record<string, true>>, at: string): readonly string[] {
  return Object.keys(value).flatMap((key) => (Object.hasOwn(known, key) ? [] : [`${at}${key}`]));
}
