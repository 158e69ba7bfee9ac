import { PosternError, type JournalRecord } from '@postern/core/internal/adapter';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedRecord } from '../plan/plan-values.js';
import { plainName } from './dns.js';
import { act, readName, type MoveTools } from './move-name.js';
import { shareNow, type FormerRecord, type NameState } from './next-write.js';
import type { SwitchWay } from './switch-events.js';

/** What is known of a name before its records are moved. */
export type NameMover = {
  readonly name: string;
  readonly way: SwitchWay;
  readonly to: string;
  /** Of a record by hand, as far as it is known: null where it is not. */
  readonly from: FormerRecord | null;
  readonly share: number;
  readonly ttlSeconds: number;
  /** Why it is changed by hand, or in one step. Empty where it has weights. */
  readonly why: string;
};

/** The TTL of a record that is not known: ten minutes, the default of Alibaba Cloud DNS. */
const DEFAULT_TTL = 600;

/** What a former run found of a name, in this plan; a rollback that ended makes it void. */
export interface FoundBefore {
  readonly from: FormerRecord;
  readonly to: string;
}

type FoundRecord = { readonly ok: true; readonly value: NameMover & { readonly fingerprint: string } };

/** The steps whose answers say what a name led to before: also a rollback reads them. */
const stepOfFound = (name: string): string => `record ${name}: find`;

export const isStepOfFound = (step: string): boolean => /^record .*: find$/.test(step);

/** Looks in the journal for what a name led to before its records were changed. */
export function foundBefore(
  records: readonly JournalRecord[],
  { unit, name, fingerprint }: { readonly unit: string; readonly name: string; readonly fingerprint: string },
): FoundBefore | undefined {
  let found: FoundBefore | undefined;
  for (const { type, unit: of, step, value } of records) {
    if (type !== 'after' || of !== unit || step !== stepOfFound(name)) continue;

    const one = value as unknown as Partial<FoundRecord> | undefined;
    const mover = one?.value;
    if (mover?.fingerprint === fingerprint && mover.from !== null) found = { from: mover.from, to: mover.to };
  }
  return found;
}

/**
 * Finds the records of a name, and how they are moved. What a former run found counts where it began to change them.
 * @throws {FailedStep} `WORLD_MOVED` where the record does not lead where the plan says.
 */
export function findName(
  planned: PlannedRecord,
  {
    to,
    before,
    plan: { fingerprint, group },
  }: {
    readonly to: string;
    readonly before: FoundBefore | undefined;
    readonly plan: Pick<HandoverPlan, 'fingerprint' | 'group'>;
  },
  tools: MoveTools,
): Promise<NameMover> {
  return act(tools, stepOfFound(planned.name), async (ctx) => {
    const state = await readName(tools.dns, planned.name, tools.handover, ctx);
    return { ...moverOf(planned, state, { to, before, groupId: group.id }), fingerprint };
  });
}

function moverOf(
  planned: PlannedRecord,
  state: NameState | undefined,
  { to, before, groupId }: { readonly to: string; readonly before: FoundBefore | undefined; readonly groupId: string },
): NameMover {
  const { name } = planned;
  const expected = planned.from.value === undefined ? undefined : plainName(planned.from.value);
  const byHand = (why: string): NameMover => ({
    name,
    way: 'by-hand',
    to,
    from:
      expected === undefined ? null : { id: null, type: 'CNAME', value: expected, ttlSeconds: DEFAULT_TTL, line: '' },
    share: 0,
    ttlSeconds: DEFAULT_TTL,
    why,
  });
  if (state === undefined) return byHand(`no zone of Alibaba Cloud DNS in this account has ${name}`);

  const olds = state.at.filter(({ value }) => value !== to);
  const fresh = state.at.filter(({ value }) => value === to);
  const [only] = olds;
  const isBegun = fresh.length > 0 || state.staged.length > 0;
  if (!isBegun) {
    if (only === undefined) return byHand(`${name} has no record of its own`);
    if (olds.length > 1) return byHand(`${name} has ${olds.length} records`);
    if (!MOVABLE.has(only.type)) return byHand(`the record of ${name} is of type ${only.type}`);
    if (!only.isEnabled) return byHand(`the record of ${name} is disabled`);
    // The group's own name begins with its ID. Another name may be a CDN, which is to be changed there.
    if (expected === undefined && only.type === 'CNAME' && !only.value.startsWith(groupId.toLowerCase())) {
      return byHand(`the record of ${name} leads to ${only.value}, which is not the group's own name`);
    }
  }
  const from = isBegun ? (before?.from ?? formerOf(only) ?? knownFormer(expected)) : formerOf(only);
  if (from === undefined) throw notKnown(planned);
  if (expected !== undefined && from.type === 'CNAME' && from.value !== expected) {
    throw new PosternError(
      'WORLD_MOVED',
      `the record of ${name} leads to ${from.value}, and the plan expects ${expected}`,
      { remedy: 'Plan the hand-over again where that is right, or correct the record.' },
    );
  }

  const isCname = from.type === 'CNAME';
  return {
    name,
    way: isCname ? 'weights' : 'one-step',
    to,
    from,
    share: shareNow(state, to),
    ttlSeconds: Math.max(from.ttlSeconds, ...state.at.map(({ ttlSeconds }) => ttlSeconds)),
    why: isCname ? '' : `an ${from.type} record and a CNAME cannot share a name`,
  };
}

/** Names that the service gives to gateways: `env-…-cn-hangzhou.alicloudapi.com` [I]. */
const OF_GATEWAYS = /^env-[^.]+\.alicloudapi\.com$/;

/** The name of the target by the records of a name: that of the record that is prepared, or of a gateway. */
export function targetName(state: NameState | undefined, groupId: string): string | undefined {
  const { at = [], staged: [staged] = [] } = state ?? {};
  const named = at.filter(({ value }) => OF_GATEWAYS.test(value) && !value.startsWith(groupId.toLowerCase()));
  return staged?.value ?? (named.length === 1 ? named[0]?.value : undefined);
}

const MOVABLE: ReadonlySet<string> = new Set(['A', 'CNAME']);

function formerOf(record: NameState['at'][number] | undefined): FormerRecord | undefined {
  if (record === undefined) return undefined;

  const { id, type, value, ttlSeconds, line } = record;
  return { id, type, value, ttlSeconds, line };
}

function knownFormer(expected: string | undefined): FormerRecord | undefined {
  if (expected === undefined) return undefined;

  return { id: null, type: 'CNAME', value: expected, ttlSeconds: DEFAULT_TTL, line: 'default' };
}

function notKnown({ name }: PlannedRecord): PosternError {
  return new PosternError(
    'WORLD_MOVED',
    `where ${name} led before the switch is not known: the journal does not have it`,
    {
      remedy: 'Run in the folder with the journal of the hand-over, or change the record by hand.',
    },
  );
}
