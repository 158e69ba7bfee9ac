import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { hashJson } from '../../ground/hash.js';
import { MOVE_PLAN_VERSION, type MovePlan, type MoveRequest } from './move-plan.js';

/** The ID of a move: the same request in the same account and region is the same move. */
export function moveId(
  place: { readonly provider: string; readonly region: string; readonly account: string },
  request: MoveRequest,
): string {
  const { provider, region, account } = place;
  return hashJson(asJson({ ...request, provider, region, account }));
}

/** The plan with its fingerprint. */
export function withMoveFingerprint(plan: Omit<MovePlan, 'fingerprint'>): MovePlan {
  const json = asJson(plan);
  return { ...json, fingerprint: hashJson(json) };
}

/**
 * Refuses a plan of another version, and one that was edited.
 * @throws {PosternError} `UNSUPPORTED_VERSION`. {InvalidInputError} `INVALID_INPUT`
 */
export function requireUnedited(plan: MovePlan): void {
  if (plan.version !== MOVE_PLAN_VERSION) {
    throw new PosternError(
      'UNSUPPORTED_VERSION',
      `the plan of the move has version ${String(plan.version)}, not ${MOVE_PLAN_VERSION}`,
      { remedy: 'Plan the move again with this version.' },
    );
  }
  const { fingerprint, ...rest } = plan;
  if (hashJson(asJson(rest)) === fingerprint) return;
  throw new InvalidInputError('INVALID_INPUT', 'the plan of the move was edited after it was computed', {
    remedy: 'Plan the move again; options decide what it does.',
  });
}

/** A value as JSON keeps it: without members that are undefined. */
function asJson<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
