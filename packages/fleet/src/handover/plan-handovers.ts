import { InvalidInputError, PosternError, type CallContext, clouds } from '@postern/core/internal/library';
import type { StepError } from '@postern/core/internal/engine';
import type * as Handover from '@postern/alibaba/internal/handover';
import type {
  HandoverVerdict,
  PlanHandoverOptions,
  PurchaseVSwitch,
  Assessment,
  HandoverPlan,
  Waiver,
} from '@postern/alibaba/internal/handover';
import { observeMove } from '@postern/core/internal/moves';
import type { FleetHandover } from './model.js';
import { groupsOf, driversFor, type SpecWork } from '../worker/works.js';
import { type Setting, readContext, settled } from '../worker/failures.js';
import type { HandoverClient } from './access.js';
import { handoverClientFor, type KeptHandover, type PlannedHandover } from './unit.js';

/** The plans of the hand-overs of an account and region, in their order. Plain JSON without secrets. */
export type PlannedHandovers = {
  readonly planned: readonly PlannedHandover[];
  /** Groups whose callers all come to the target. */
  readonly unchanged: number;
  /** Of assess, by verdict. */
  readonly findings: Readonly<Record<string, number>>;
};

type Work = SpecWork & { readonly handovers: NonNullable<SpecWork['handovers']> };

/**
 * Reads an account and region, and plans its hand-overs. `open`: a switch that an earlier run began keeps its plan, while that is
 * current, because its records belong to it.
 */
export function planHandovers(
  work: Work,
  open: readonly KeptHandover[],
  setting: Setting,
): Promise<PlannedHandovers | { readonly error: StepError }> {
  return settled(async (signal) => {
    const { handovers, provider, account, region } = work.handovers;
    // A worker without hand-overs needs no package of a cloud.
    const handover = await import('@postern/alibaba/internal/handover');
    const context = readContext(setting, signal);
    const place = { provider, account, region };
    const client = await handoverClientFor(work, setting.brought.handoverAccess);
    const driver = await driversFor(work, setting.driverOf)(place);
    const snapshot = await observeMove(driver, undefined, context);
    const [found] = snapshot.regions;
    const set = clouds([driver.cloud]);
    const groups = found?.gateways.filter((one) => set.gateway(one.kind).movesAsOne) ?? [];
    const planned: PlannedHandover[] = [];
    const findings: Record<string, number> = {};
    const claimed = new Set<string>();
    let unchanged = 0;
    for (const entry of handovers) {
      const fitting = fittingOf(entry);
      for (const { id: groupId } of found === undefined ? [] : groupsOf(entry.group, found, groups)) {
        requireOnce(claimed, groupId, entry.stage);
        const one = await planOne(groupId, entry, { client, context, open, fitting, handover });
        if (one === undefined) continue;

        for (const [verdict, count] of Object.entries(one.verdicts))
          findings[verdict] = (findings[verdict] ?? 0) + count;
        if (one.isDone) unchanged += 1;
        else planned.push(one.planned);
      }
      fitting.requireUsed();
    }
    const mayBuy = work.options.allowPurchase === true || work.approvals.includes('purchase');
    if (!mayBuy) refusePurchase(planned);
    return { planned, unchanged, findings };
  });
}

interface Reading {
  readonly client: HandoverClient;
  readonly context: CallContext;
  readonly open: readonly KeptHandover[];
  readonly fitting: Fitting;
  readonly handover: typeof Handover;
}

/** Undefined: a pattern names the group, and it publishes nothing on the stage. */
async function planOne(groupId: string, entry: FleetHandover, { client, context, open, fitting, handover }: Reading) {
  const { stage, gateway } = entry;
  const { assess, handoverStatus, planHandover, requireCurrentPlan } = handover;
  const source = await client.reader.read({ groupId, stages: [stage] }, context);
  if (source.stages.length === 0 || source.apis.every(({ deployments }) => deployments.length === 0)) {
    if (entry.group.includes('*')) return undefined;

    throw new InvalidInputError('NOT_FOUND', `${source.group.name} publishes no API on ${stage}`, {
      remedy: 'Correct `stage` of the hand-over.',
    });
  }

  const targets = gateway === undefined ? [] : [await client.reader.target(gateway, context)];
  const now = new Date(context.clock.now()).toISOString();
  const waivers = fitting.waivers(assess(source, { targets, now }));
  const vSwitches = entry.vSwitches && (await client.reader.vSwitches?.(entry.vSwitches, context));
  const options = { ...optionsOf(entry, vSwitches), targets, now, waivers };
  const fresh = planHandover(source, options);
  const kept = open.find(
    (one) => one.plan.handover === fresh.handover && isCurrent(() => requireCurrentPlan(one.plan, source, now)),
  );
  const plan = kept?.plan ?? fresh;
  const journal = { read: () => Promise.resolve(kept?.memory ?? []) };
  const { phase, stages } = await handoverStatus(plan, client.driver, { context, journal });
  const verdicts: Partial<Record<HandoverVerdict, number>> = {};
  for (const { verdict } of assess(source, options).items) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  const buys = plan.stages.some((one, at) => 'purchase' in one.gateway && stages[at]?.gatewayId === undefined);
  const id = `handover:${groupId}:${stage}`;
  const planned: PlannedHandover = {
    id,
    plan,
    buys,
    verdicts,
    ...fitting.proof(plan),
    acceptUnwatched: entry.acceptUnwatched,
  };
  return { planned, verdicts, isDone: phase === 'switched' };
}

function optionsOf(
  { certificates, vSwitches: vSwitchIds, type, prepaid }: FleetHandover,
  vSwitches: readonly PurchaseVSwitch[] | undefined,
): PlanHandoverOptions {
  return {
    certificates,
    ...(vSwitchIds === undefined
      ? {}
      : {
          purchase: {
            vSwitchIds,
            vSwitches,
            spec: type,
            chargeType: prepaid === true ? ('PREPAY' as const) : ('POSTPAY' as const),
          },
        }),
  };
}

/** Whether a plan is not a week old, and the group is as it was then. */
function isCurrent(require: () => void): boolean {
  try {
    require();
    return true;
  } catch (error) {
    if (error instanceof PosternError && error.code === 'WORLD_MOVED') return false;

    throw error;
  }
}

/** @throws {InvalidInputError} `INVALID_INPUT` for a group that two entries hand over */
function requireOnce(claimed: Set<string>, groupId: string, stage: string): void {
  const key = `${groupId} ${stage}`;
  if (!claimed.has(key)) {
    claimed.add(key);
    return;
  }

  throw new InvalidInputError('INVALID_INPUT', `${groupId} is in two hand-overs of ${stage}`, {
    remedy: 'Remove it from one of them in `handovers` of the fleet.',
  });
}

function refusePurchase(planned: readonly PlannedHandover[]): void {
  const buying = planned.find(({ buys }) => buys);
  if (buying === undefined) return;

  throw new PosternError('PURCHASE_NOT_ALLOWED', `a gateway is bought for ${buying.plan.group.name}`, {
    remedy: 'Add `purchases` to `approvals.before` of the fleet, or allow it with --allow-purchase.',
  });
}

/** What an entry gives for things of its groups. A pattern names several: each group gets what fits it, and what fits none is refused. */
export interface Fitting {
  /** `assessment` is one without waivers. */
  readonly waivers: (assessment: Assessment) => readonly Waiver[];
  readonly proof: (plan: HandoverPlan) => Pick<FleetHandover, 'accept' | 'calls'>;
  /** @throws {InvalidInputError} `INVALID_INPUT` for what fitted no group: it may have a typing error */
  readonly requireUsed: () => void;
}

export function fittingOf({ group, waive = {}, accept = [], calls = {} }: FleetHandover): Fitting {
  const unused = new Set([
    ...Object.keys(waive).map((item) => `waive: ${item}`),
    ...accept.map((route) => `accept: ${route}`),
    ...Object.keys(calls).map((route) => `calls: ${route}`),
  ]);
  return {
    waivers: ({ items }) => {
      const open = new Set(
        items
          .filter(({ verdict }) => verdict === 'blocked' || verdict === 'unknown')
          .flatMap(({ rule, source: { id, name } }) => [rule, `${rule}:${name}`, `${rule}:${id}`]),
      );
      const fitting = Object.entries(waive).filter(([item]) => open.has(item));
      for (const [item] of fitting) unused.delete(`waive: ${item}`);
      return fitting.map(([item, reason]) => ({ item, reason }));
    },
    proof: ({ stages }) => {
      const routes = new Set(stages.flatMap((stage) => stage.routes.map(({ name }) => name)));
      const accepted = accept.filter((route) => routes.has(route));
      const called = Object.entries(calls).filter(([route]) => routes.has(route));
      for (const route of accepted) unused.delete(`accept: ${route}`);
      for (const [route] of called) unused.delete(`calls: ${route}`);
      return { accept: accepted, calls: Object.fromEntries(called) };
    },
    requireUsed: () => {
      const [first] = unused;
      if (first === undefined) return;

      throw new InvalidInputError('INVALID_INPUT', `\`${first}\` of the hand-over of ${group} fits no group`, {
        remedy: 'Correct it or remove it: what is waived is blocked or unknown, and routes have the names of the plan.',
      });
    },
  };
}
