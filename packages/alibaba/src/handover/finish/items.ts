import type { HandoverPlan } from '../plan/handover-plan.js';
import { plainName } from '../switch/dns.js';
import type { NameNow } from '../switch/read-stage.js';
import type { ClassicGroup } from '../switch/classic.js';
import type { FinishItem } from './finish-events.js';

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
