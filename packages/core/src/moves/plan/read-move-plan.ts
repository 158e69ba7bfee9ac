import { asJson } from '../../ground/json.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { type DraftMovePlan, type MovePlan, MOVE_PLAN_VERSION, type MoveRequest } from './move-plan.js';
import { hashJson } from '../../ground/hash.js';

/**
 * Reads the text of a saved plan of a move.
 * @throws {InvalidInputError} `INVALID_INPUT` for another text, and for a plan that was edited. {PosternError}
 *   `UNSUPPORTED_VERSION`
 */
export function readMovePlan(text: string, { file }: { readonly file?: string | undefined } = {}): MovePlan {
  const place = file === undefined ? {} : { place: { file } };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidInputError('INVALID_INPUT', 'this is not a saved plan of a move', {
      cause,
      ...place,
      remedy: WRITE,
    });
  }
  if (typeof value !== 'object' || value === null || (value as Partial<MovePlan>).kind !== 'move') {
    throw new InvalidInputError('INVALID_INPUT', 'this is not a saved plan of a move', { ...place, remedy: WRITE });
  }

  requireUnedited(value as MovePlan);
  return value as MovePlan;
}

const WRITE = 'Name a file that `postern migrate plan -o` wrote.';

/**
 * Refuses a plan with open to-dos or undecided errors.
 * @throws {PosternError} `FINDINGS_FAILED`; its `details.also` lists the other findings.
 */
export function refuseOpenPlan({ todos, undecided }: Pick<MovePlan, 'todos' | 'undecided'>): void {
  const problems = [
    ...todos.map(({ check, subject, message, text }) => ({
      message: `${check}: ${subject}: ${message}`,
      remedy: text,
    })),
    ...undecided.map(({ check, subject, message, remedy }) => ({
      message: `${check}: ${subject}: ${message}`,
      remedy: remedy ?? `Accept it: --accept-unknown "${check}:${subject}".`,
    })),
  ];
  const [first, ...others] = problems;
  if (first === undefined) return;

  throw new PosternError('FINDINGS_FAILED', first.message, {
    remedy: first.remedy,
    details: { also: others.map((one) => ({ code: 'FINDINGS_FAILED', ...one })) },
  });
}

/** The ID of a move: the same request in the same account and region is the same move. */
export function moveId(
  place: { readonly provider: string; readonly region: string; readonly account: string },
  request: MoveRequest,
): string {
  const { provider, region, account } = place;
  // Why routes are not called may be another reason at the next look.
  return hashJson(asJson({ ...request, uncalled: undefined, provider, region, account }));
}

/** The plan with the ID of its move and its fingerprint. */
export function identified({ version, kind, ...rest }: DraftMovePlan): MovePlan {
  return withMoveFingerprint({ version, kind, move: moveId(rest, rest.request), ...rest });
}

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
