import { defined, PosternError } from '@postern/core/internal/adapter';
import type { DnsRecord } from './dns.js';

/** Per cent of the answers that lead to the target. */
export type Share = 0 | 1 | 10 | 50 | 100;

/** Weights are 1 to 100, so that all calls come to the target only where the old record is disabled. */
export const SHARES: readonly Share[] = [1, 10, 50, 100];

/** The record that leads to the classic group. */
export type FormerRecord = Pick<DnsRecord, 'type' | 'value' | 'ttlSeconds' | 'line'> & { readonly id: string | null };

/** The records of one name, as they are now. */
export interface NameState {
  /** Those of the name itself. */
  readonly at: readonly DnsRecord[];
  /** Those of the name under which a new record is prepared, where no caller asks for it. */
  readonly staged: readonly DnsRecord[];
}

export interface NameGoal {
  readonly name: string;
  readonly from: FormerRecord;
  /** The name of the target. */
  readonly to: string;
  readonly way: 'weights' | 'one-step';
  readonly share: Share;
  /** At 100 %: the former record is removed, too, so that a rollback has to add it again. */
  readonly alone?: boolean | undefined;
}

/** One call that changes a record. */
export type DnsWrite =
  | { readonly do: 'stage'; readonly like: DnsRecord }
  | { readonly do: 'rename' | 'enable' | 'disable' | 'remove'; readonly record: DnsRecord }
  | { readonly do: 'weights'; readonly isOn: boolean; readonly record: DnsRecord }
  | { readonly do: 'weight'; readonly record: DnsRecord; readonly weight: number }
  | { readonly do: 'replace'; readonly record: DnsRecord; readonly type: string; readonly value: string };

/**
 * The next call on the way to a share, or undefined where it is reached. It follows from the records alone, so that a switch that
 * was killed goes on where it is. No state on the way answers callers in another way than the share before or after it: the new
 * record is added under a name that no caller asks for, disabled there, renamed, and enabled when weights count.
 * @throws {PosternError} `WORLD_MOVED` where the records are not as a switch leaves them: they were edited.
 */
export function nextWrite(state: NameState, goal: NameGoal): DnsWrite | undefined {
  const [staged] = state.staged;
  // Others have deleted what led anywhere: only what was prepared is left to remove.
  if (goal.share === 0 && isRemoved(state)) return backWrite({ old: undefined, fresh: undefined, staged }, goal);

  const { olds, fresh } = ownRecords(state, goal);
  const [old] = olds;
  if (goal.share === 0) return backWrite({ old, fresh, staged }, goal);
  if (goal.alone === true) return aloneWrite({ old, fresh, staged }, goal);
  if (goal.way === 'one-step') return oneStepWrite({ old, fresh, staged }, goal);
  if (old === undefined) {
    if (goal.share === 100 && fresh?.isEnabled === true) return undefined;

    throw edited(goal, `has no record with ${goal.from.value}`);
  }

  return weightsWrite({ old, fresh, staged }, goal);
}

/** Whether a name has no record any more: others have deleted it. */
export const isRemoved = ({ at }: Pick<NameState, 'at'>): boolean => at.length === 0;

/** The share that the records have now. */
export function shareNow(state: NameState, to: string): number {
  const fresh = state.at.find((one) => one.value === to);
  const old = state.at.find((one) => one.value !== to && one.isEnabled);
  if (fresh?.isEnabled !== true) return 0;
  if (old === undefined) return 100;

  return fresh.isWeighted && fresh.weight !== null ? fresh.weight : 50;
}

interface Own {
  readonly old: DnsRecord | undefined;
  readonly fresh: DnsRecord | undefined;
  readonly staged: DnsRecord | undefined;
}

/** The old record and the new one. Everything else under the name is another's. */
function ownRecords(state: NameState, goal: NameGoal): { readonly olds: readonly DnsRecord[]; fresh?: DnsRecord } {
  const { from, to } = goal;
  const olds = state.at.filter(({ value }) => value !== to);
  const [fresh, ...more] = state.at.filter(({ value }) => value === to);
  const [old] = olds;
  if (olds.length > 1 || more.length > 0) throw edited(goal, `has ${state.at.length} records`);
  if (old !== undefined && (old.value !== from.value || old.type !== from.type || old.line !== from.line)) {
    throw edited(goal, `is ${old.type} ${old.value}, and was ${from.type} ${from.value}`);
  }

  // A return ends with a record that leads to where the former one did: also one that took the place of a deleted one.
  const isOther = goal.share > 0 && old !== undefined && from.id !== null && old.id !== from.id;
  if (isOther) throw edited(goal, 'was deleted and added again');
  if (olds.length === 0 && fresh === undefined) throw edited(goal, 'has no record any more');

  return { olds, ...defined({ fresh }) };
}

/** Weights that a switch sets, and the one that records begin with. */
const NEW_WEIGHTS: ReadonlySet<number | null> = new Set([null, 1, 10, 50]);
const OLD_WEIGHTS: ReadonlySet<number | null> = new Set([null, 1, 50, 90, 99]);

function weightsWrite(
  { old, fresh, staged }: { readonly old: DnsRecord } & Omit<Own, 'old'>,
  goal: NameGoal,
): DnsWrite | undefined {
  const { share } = goal;
  if (fresh === undefined) {
    if (staged === undefined) return { do: 'stage', like: old };

    return staged.isEnabled ? { do: 'disable', record: staged } : { do: 'rename', record: staged };
  }
  if (!old.isWeighted) {
    if (fresh.isEnabled && old.isEnabled) throw edited(goal, 'has two records that answer, without weights');
    if (fresh.isEnabled) return undefined; // all calls come to the target

    return { do: 'weights', isOn: true, record: old };
  }
  if (!NEW_WEIGHTS.has(fresh.weight) || !OLD_WEIGHTS.has(old.weight)) {
    throw edited(goal, `has the weights ${old.weight} and ${fresh.weight}`);
  }
  if (share === 100) {
    if (!fresh.isEnabled) return { do: 'enable', record: fresh };

    return old.isEnabled ? { do: 'disable', record: old } : undefined;
  }
  if (!old.isEnabled) return { do: 'enable', record: old };
  if (fresh.weight !== share) return { do: 'weight', record: fresh, weight: share };
  if (old.weight !== 100 - share) return { do: 'weight', record: old, weight: 100 - share };

  return fresh.isEnabled ? undefined : { do: 'enable', record: fresh };
}

function oneStepWrite({ old, fresh, staged }: Own, goal: NameGoal): DnsWrite | undefined {
  if (staged !== undefined) return { do: 'remove', record: staged };
  if (old === undefined) return undefined;
  // A new record that was to have a weight: the name may not have it twice.
  if (fresh !== undefined) return { do: 'remove', record: fresh };

  return { do: 'replace', record: old, type: 'CNAME', value: goal.to };
}

/** The old record answers first; only then the new one goes. */
function backWrite({ old, fresh, staged }: Own, { from }: NameGoal): DnsWrite | undefined {
  if (staged !== undefined) return { do: 'remove', record: staged };
  if (old === undefined) {
    return fresh === undefined ? undefined : { do: 'replace', record: fresh, type: from.type, value: from.value };
  }
  if (!old.isEnabled) return { do: 'enable', record: old };
  if (fresh === undefined) return undefined;
  if (fresh.isEnabled) return { do: 'disable', record: fresh };

  return old.isWeighted ? { do: 'weights', isOn: false, record: old } : { do: 'remove', record: fresh };
}

/** The former record, which is disabled, is removed. Weights need two records, so that they are turned off before. */
function aloneWrite({ old, fresh, staged }: Own, goal: NameGoal): DnsWrite | undefined {
  if (staged !== undefined) return { do: 'remove', record: staged };
  if (fresh?.isEnabled !== true) throw edited(goal, `does not lead to ${goal.to}`);
  if (old === undefined) return undefined;
  if (old.isEnabled) throw edited(goal, `still answers with ${old.value}`);

  return old.isWeighted ? { do: 'weights', isOn: false, record: old } : { do: 'remove', record: old };
}

function edited({ name, from, to }: NameGoal, what: string): PosternError {
  return new PosternError('WORLD_MOVED', `the record of ${name} ${what}: it was edited during the hand-over`, {
    remedy: `Look who changed it. Let ${name} have only ${from.type} ${from.value}, and none with ${to}, and run again.`,
  });
}
