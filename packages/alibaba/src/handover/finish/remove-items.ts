import type { Json } from '@postern/core/adapter';
import { repeat } from '@postern/core/cloud';
import type { StepError, StepOutcome } from '@postern/core/plan';
import { moveName, type MoveTools } from '../switch/move-name.js';
import type { NameNow } from '../switch/read-stage.js';
import type { ClassicSide } from '../switch/classic.js';
import type { FinishItem, FinishRemoval } from './finish-events.js';

/** Reports a step around its work. */
export type ReportStep = (
  item: FinishItem,
  work: (step: string) => Promise<StepOutcome<Json>>,
) => Promise<StepOutcome<Json>>;

/** What removing needs. */
export interface RemoveTools extends MoveTools {
  readonly classic: ClassicSide;
  readonly groupId: string;
  readonly names: readonly NameNow[];
  readonly report: ReportStep;
}

/** What came of removing: items with their new state, and the first failure, which ends it. */
export interface Removed {
  readonly items: readonly FinishItem[];
  readonly failure?: { readonly step: string; readonly error: StepError } | undefined;
}

/** Whether an item is removed by what was consented to: deleting APIs takes them off their stages first. */
export const isConsented = ({ by }: FinishItem, consents: ReadonlySet<FinishRemoval>): boolean =>
  consents.has(by) || (by === 'offline' && consents.has('apis'));

/** Removes what may be removed and was consented to, in order. Each step is safe to repeat. */
export async function removeItems(
  items: readonly FinishItem[],
  consents: ReadonlySet<FinishRemoval>,
  tools: RemoveTools,
): Promise<Removed> {
  const left = [...items];
  for (const [at, item] of items.entries()) {
    if (item.state !== 'removable' || !isConsented(item, consents)) continue;
    const removed = await tools.report(item, (step) => removeItem(item, step, tools));
    if (!removed.ok) return { items: left, failure: { step: stepOfItem(item), error: removed.error } };
    left[at] = { ...item, state: 'removed' };
  }
  return { items: left };
}

/** `take orders off RELEASE`. */
export function stepOfItem({ kind, name, stage }: FinishItem): string {
  return kind === 'publication' ? `take ${name} off ${stage}` : `delete ${kind} ${name}`;
}

function removeItem(item: FinishItem, step: string, tools: RemoveTools): Promise<StepOutcome<Json>> {
  const { run, classic, groupId, onRetry, names } = tools;
  const { kind, id, stage = '' } = item;
  if (kind === 'record') return removeRecord(id, names, tools);
  const calls = {
    publication: (ctx) => classic.takeOffline({ groupId, apiId: id, stage }, ctx),
    api: (ctx) => classic.deleteApi(groupId, id, ctx),
    domain: (ctx) => classic.unbindDomain(groupId, id, ctx),
    group: (ctx) => classic.deleteGroup(groupId, ctx),
  } satisfies Record<
    Exclude<FinishItem['kind'], 'record'>,
    (ctx: Parameters<ClassicSide['group']>[1]) => Promise<void>
  >;
  return repeat<Json>(run, step, async (ctx) => (await calls[kind](ctx), null), {
    exclusive: groupId,
    onRetry: (retry) => onRetry(step, retry),
  });
}

/** The records are read again before each write: one that was edited is refused. */
async function removeRecord(id: string, names: readonly NameNow[], tools: MoveTools): Promise<StepOutcome<Json>> {
  const name = names.find(({ state }) => state?.at.some((record) => record.id === id));
  const from = name?.state?.at.find((record) => record.id === id);
  if (name?.to === undefined || from === undefined) return { ok: true, value: null };
  return moveName({ name: name.name, from, to: name.to, way: 'weights', share: 100, alone: true }, tools);
}
