import type { HandoverPlan } from '../plan/fingerprint.js';
import { plainName } from '../switch/dns.js';
import type { NameNow } from '../switch/handover-status.js';
import type { ClassicGroup, ClassicSide } from '../switch/classic-side.js';
import type { FinishItem, FinishRemoval } from './finish-events.js';
import { outcomeOf } from '@postern/core/internal/cloud';
import type { StepError } from '@postern/core/internal/engine';
import { act, moveName, type MoveTools } from '../switch/move-name.js';

/**
 * What a hand-over leaves behind, in the order in which it is removed. Only what the plan has is removable: an API that was added to
 * the group since, or that is published on another stage, is kept, and so is the group then.
 */
export function itemsOf(
  { stages, group: { id, name } }: Pick<HandoverPlan, 'stages' | 'group'>,
  group: ClassicGroup | undefined,
  names: readonly NameNow[],
): readonly FinishItem[] {
  const left = group === undefined ? [] : classicItems({ stages }, group);
  const first = left.find(({ kind, state }) => kind !== 'publication' && state === 'kept');
  const groupItem: FinishItem[] =
    group === undefined
      ? []
      : [
          {
            kind: 'group',
            id,
            name,
            by: 'group',
            ...stateOf(first && `it has the ${first.kind === 'api' ? 'API' : first.kind} ${first.name}, which is kept`),
          },
        ];
  return [...left, ...groupItem, ...recordItems(names)];
}

const OTHER = 'it is not a part of this hand-over';

function classicItems({ stages }: Pick<HandoverPlan, 'stages'>, group: ClassicGroup): readonly FinishItem[] {
  const handedOver = new Map<string, Set<string>>();
  for (const { stage, routes } of stages) {
    for (const { apiId } of routes) handedOver.set(apiId, (handedOver.get(apiId) ?? new Set()).add(stage));
  }
  const domains = new Set(stages.flatMap((stage) => stage.domains.map(({ name }) => plainName(name))));
  const publications = group.apis.flatMap((api) =>
    api.stages.map((stage): FinishItem => {
      const isPlanned = handedOver.get(api.id)?.has(stage) === true;
      return {
        kind: 'publication',
        id: api.id,
        name: api.name,
        stage,
        by: 'offline',
        ...stateOf(isPlanned ? undefined : OTHER),
      };
    }),
  );
  const apis = group.apis.map((api): FinishItem => {
    const own = handedOver.get(api.id);
    const other = api.stages.find((stage) => own?.has(stage) !== true);
    const reason =
      own === undefined
        ? OTHER
        : other === undefined
          ? undefined
          : `it is published on ${other}, which is not a part of this hand-over`;
    return { kind: 'api', id: api.id, name: api.name, by: 'apis', ...stateOf(reason) };
  });
  const bound = group.domains.map((name): FinishItem => {
    const reason = domains.has(plainName(name)) ? undefined : OTHER;
    return { kind: 'domain', id: name, name, by: 'domains', ...stateOf(reason) };
  });
  return [...publications, ...apis, ...bound];
}

const stateOf = (reason: string | undefined): Pick<FinishItem, 'state' | 'reason'> =>
  reason === undefined ? { state: 'removable' } : { state: 'kept', reason };

/** The records that lead to the classic group, and are disabled. */
function recordItems(names: readonly NameNow[]): readonly FinishItem[] {
  return names.flatMap(({ name, to, state }) =>
    (state?.at ?? [])
      .filter(({ value, isEnabled }) => value !== to && !isEnabled)
      .map(({ id, type, value }): FinishItem => ({
        kind: 'record',
        id,
        name: `${name} ${type} ${value}`,
        by: 'records',
        state: 'removable',
      })),
  );
}

/** Reports a step around its work. */
export type ReportStep = (item: FinishItem, work: (step: string) => Promise<void>) => Promise<void>;

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

    const removed = await outcomeOf(tools.report(item, (step) => removeItem(item, step, tools)));
    if (!removed.ok) return { items: left, failure: { step: stepOfItem(item), error: removed.error } };

    left[at] = { ...item, state: 'removed' };
  }
  return { items: left };
}

/** `take orders off RELEASE`. */
export function stepOfItem({ kind, name, stage }: FinishItem): string {
  return kind === 'publication' ? `take ${name} off ${stage}` : `delete ${kind} ${name}`;
}

async function removeItem(item: FinishItem, step: string, tools: RemoveTools): Promise<void> {
  const { classic, groupId, names } = tools;
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
  await act(tools, step, async (ctx) => (await calls[kind](ctx), null), { exclusive: groupId });
}

/** The records are read again before each write: one that was edited is refused. */
async function removeRecord(id: string, names: readonly NameNow[], tools: MoveTools): Promise<void> {
  const name = names.find(({ state }) => state?.at.some((record) => record.id === id));
  const from = name?.state?.at.find((record) => record.id === id);
  if (name?.to === undefined || from === undefined) return;

  await moveName({ name: name.name, from, to: name.to, way: 'weights', share: 100, alone: true }, tools);
}
