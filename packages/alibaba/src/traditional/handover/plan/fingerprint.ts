import { asJson, jsonIn, defined, InvalidInputError, PosternError, hashJson } from '@postern/core/internal/adapter';
import { DAY_MS } from '@postern/core/internal/cloud';
import { sourceDigest } from '../source/read-source.js';
import type { HandoverSource } from '../source/source.js';
import type { PlannedStage } from './plan-values.js';

/** The version of the structure of {@link HandoverPlan}. */
export const HANDOVER_PLAN_VERSION = 1;

/** How long a part of the hand-over takes: an estimate, in seconds. */
export interface ExpectedStep {
  readonly step: 'gateway' | 'rules' | 'services' | 'routes' | 'consumers' | 'domains' | 'switch';
  readonly count: number;
  readonly seconds: number;
}

/** What a hand-over builds, in which order, and up to where it can be undone. Plain JSON without secrets. */
export interface HandoverPlan {
  readonly version: typeof HANDOVER_PLAN_VERSION;
  readonly kind: 'handover';
  /** The same for the same group and stages in the same account and region. */
  readonly handover: string;
  readonly provider: 'alibaba';
  readonly region: string;
  readonly account: string;
  readonly group: { readonly id: string; readonly name: string };
  /** When the source was read: ISO 8601. A plan that is a week old is refused. */
  readonly takenAt: string;
  /** Of the source: another one invalidates the plan. */
  readonly digest: string;
  readonly stages: readonly PlannedStage[];
  /** What was given up. */
  readonly waivers: readonly { readonly item: string; readonly reason: string }[];
  readonly expected: readonly ExpectedStep[];
  /** Up to where it can be undone, and until when at the latest. One sentence each. */
  readonly undo: readonly string[];
  readonly notes: readonly string[];
  /** Of all other members: an edited plan is refused. */
  readonly fingerprint: string;
}

/** A plan of which the source is older is refused: addresses, apps and certificates change. */
const OLDEST_DAYS = 7;

export function withHandoverFingerprint(plan: Omit<HandoverPlan, 'fingerprint'>): HandoverPlan {
  const json = asJson(plan);
  return { ...json, fingerprint: hashJson(json) };
}

/**
 * Reads the text of a saved plan.
 * @throws {InvalidInputError} `INVALID_INPUT` for another text, and for a plan that was edited. {PosternError} `UNSUPPORTED_VERSION`
 */
export function readHandoverPlan(text: string, { file }: { readonly file?: string | undefined } = {}): HandoverPlan {
  const place = file === undefined ? {} : { place: { file } };
  const remedy = 'Name a file that `postern handover plan -o` wrote.';
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null || (value as Partial<HandoverPlan>).kind !== 'handover') {
    throw new InvalidInputError('INVALID_INPUT', 'this is not a saved plan of a hand-over', { ...place, remedy });
  }

  const plan = value as HandoverPlan;
  if (plan.version !== HANDOVER_PLAN_VERSION) {
    throw new PosternError(
      'UNSUPPORTED_VERSION',
      `the plan of the hand-over has version ${String(plan.version)}, not ${HANDOVER_PLAN_VERSION}`,
      { remedy: 'Plan the hand-over again with this version.' },
    );
  }

  const { fingerprint, ...rest } = plan;
  if (hashJson(asJson(rest)) !== fingerprint) {
    throw new InvalidInputError('INVALID_INPUT', 'the plan of the hand-over was edited after it was computed', {
      ...place,
      remedy: 'Plan the hand-over again; options decide what it does.',
    });
  }

  return plan;
}

/** A backend that has another address than when the plan was made. */
export interface Drift {
  readonly stage: string;
  readonly service: string;
  readonly planned: string;
  /** Undefined: it no longer exists, or its address cannot be read. */
  readonly found?: string | undefined;
}

/** The fixed addresses that changed since the plan was made. */
function driftOf({ stages }: HandoverPlan, { accesses }: HandoverSource): readonly Drift[] {
  const now = new Map(
    accesses.map(({ name, port, resolved }) => [
      name,
      resolved.is === 'found' ? `${resolved.address}:${port}` : undefined,
    ]),
  );
  return stages.flatMap(({ stage, services }) =>
    services.flatMap(({ name, from, addresses: [planned = ''] }) => {
      const found = from === undefined ? planned : now.get(from.access);
      return found === planned ? [] : [{ stage, service: name, planned, ...defined({ found }) }];
    }),
  );
}

/**
 * Refuses a plan that is a week old, and one whose group was edited or whose backends moved since.
 * @param source the group as it is now.
 * @param now ISO 8601.
 * @throws {PosternError} `WORLD_MOVED`
 */
export function requireCurrentPlan(plan: HandoverPlan, source: HandoverSource, now: string): void {
  const remedy = 'Plan the hand-over again, and compare the two plans.';
  const days = Math.floor((Date.parse(now) - Date.parse(plan.takenAt)) / DAY_MS);
  if (days >= OLDEST_DAYS) {
    throw new PosternError(
      'WORLD_MOVED',
      `the plan is ${days} days old; one of ${OLDEST_DAYS} days or more is not carried out`,
      { remedy },
    );
  }

  const [drift] = driftOf(plan, source);
  if (drift !== undefined) {
    const { service, planned, found = 'not known' } = drift;
    throw new PosternError(
      'WORLD_MOVED',
      `the service ${service} was planned with ${planned}, and its backend is now ${found}`,
      { remedy, details: { service, planned, found } },
    );
  }
  if (sourceDigest(source) !== plan.digest) {
    throw new PosternError('WORLD_MOVED', `the API group ${plan.group.name} was edited after the plan was made`, {
      remedy,
    });
  }
}

/** Names of the target: lower-case letters, digits and hyphens, at most 64 characters, each once. */
export function namesFrom(): (text: string) => string {
  const taken = new Set<string>();
  return (text) => {
    const plain =
      text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|(?<!-)-+$/g, '')
        .slice(0, LONGEST) || 'unnamed';
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? plain : `${plain.slice(0, LONGEST - `-${count}`.length)}-${count}`;
      if (taken.has(name)) continue;

      taken.add(name);
      return name;
    }
  };
}

const LONGEST = 64;
