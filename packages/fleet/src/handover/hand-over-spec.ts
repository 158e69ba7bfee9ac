import type { EventError } from '@postern/core/internal/plan';
import type * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/ingress.js';
import type { FleetState } from '../model.js';
import type { Setting } from '../worker/failures.js';
import type { SpecWork } from '../worker/works.js';
import { askFor, type Question } from '../services/history.js';
import { sendTo } from '../services/calls.js';
import { callUnit, isCanceled, preparePlace, type SpecEnds } from '../services/place-work.js';
import { planHandovers } from './plan-handovers.js';
import {
  handovers,
  handoverService,
  partKey,
  stopHandover,
  type HandoverPart,
  type HandoverPartEnd,
  type ProvenHandover,
} from './service.js';
import { handoverUnit, type HandoverWork, type KeptHandover, type PlannedHandover } from './unit.js';

/**
 * The hand-overs of an account and region: all are built and proven, then one question is asked about DNS, then callers are sent to
 * the targets that are proven, one group after the other. The first switch that fails ends the switches.
 */
async function handOverSpec(
  ctx: restate.WorkflowContext,
  given: SpecWork,
  setting: Setting,
  ends: SpecEnds,
): Promise<FleetState> {
  const { end, tell } = ends;
  const { handovers } = given;
  if (handovers === undefined) {
    return end('failed', { error: { code: 'INTERNAL', message: `${given.name} has no hand-overs` } });
  }

  const work = { ...given, handovers };
  const prepared = await preparePlace<PlannedHandover, KeptHandover>(
    ctx,
    work,
    setting,
    {
      kept: 'handovers',
      place: handovers,
      plan: (open) => planHandovers(work, open, setting),
      questions: (planned) => purchaseQuestions(work, planned),
      unit: (one) => handoverUnit(given.name, one, { state: 'waiting' }),
    },
    ends,
  );
  if ('ended' in prepared) return prepared.ended;

  const place: InPlace = { ctx, setting, work: { ...work, planned: prepared.planned } };
  const states: FleetState[] = [];
  const ready: Ready[] = [];
  for (const one of prepared.planned) {
    const ended = (await isCanceled(ctx, given.run)) ? undefined : await part(place, one);
    if (ended === undefined) states.push(leave(place, { one }, 'canceled'));
    else if ('proven' in ended) ready.push({ one, proven: ended.proven });
    else states.push(ended.state);
  }
  const [refused] = await askFor(ctx, given, dnsQuestions(work, ready), () => tell({ state: 'asking' }));
  if (refused !== undefined) {
    const state = (await isCanceled(ctx, given.run)) ? 'canceled' : 'skipped';
    for (const one of ready) leave(place, one, state, refused.error);
    return end(states.includes('failed') ? 'failed' : state, { error: refused.error });
  }

  tell({ state: 'running' });
  let isStopped = false;
  for (const one of ready) {
    const why: FleetState | undefined = (await isCanceled(ctx, given.run))
      ? 'canceled'
      : isStopped
        ? 'skipped'
        : undefined;
    const ended: HandoverPartEnd | undefined = why === undefined ? await part(place, one.one, one.proven) : undefined;
    const state: FleetState =
      ended === undefined ? leave(place, one, why ?? 'failed') : 'state' in ended ? ended.state : 'failed';
    isStopped ||= state !== 'done';
    states.push(state);
  }
  return end(ENDS.find((state) => states.includes(state)) ?? 'done');
}

/** What a place came to, where not all is done: the first of these that one of its units came to. */
const ENDS: readonly FleetState[] = ['canceled', 'failed', 'skipped'];

type Ready = { readonly one: PlannedHandover; readonly proven: ProvenHandover };

interface InPlace {
  readonly ctx: restate.WorkflowContext;
  readonly setting: Setting;
  readonly work: HandoverWork;
}

/** Carries out one part of a hand-over: it is built and proven, or switched. */
async function part(
  { ctx, setting, work: { run, name } }: InPlace,
  one: PlannedHandover,
  proven?: ProvenHandover,
): Promise<HandoverPartEnd> {
  const what = proven === undefined ? 'build' : 'switch';
  const startedMs = await ctx.run(`begin ${what} ${one.id}`, () => setting.context.clock.now());
  if (proven === undefined) sendTo(ctx, 'progress', keyOf(run, name), 'began', one.id);
  const input: HandoverPart = { run, spec: name, unit: one.id, startedMs, proven };
  const unit = handoverUnit(name, one, { state: 'running', handedOver: proven?.handedOver });
  const key = partKey(run, name, one.id, what);
  const of = { service: ['handover', setting.version], key, input, what: 'hand-over' } as const;
  return (await callUnit<HandoverPartEnd>(ctx, { run, name, unit }, of)) ?? { state: 'failed' };
}

/** Leaves a hand-over as it is. */
function leave(
  { ctx, work: { run, name } }: InPlace,
  { one, proven }: { readonly one: PlannedHandover; readonly proven?: ProvenHandover | undefined },
  state: FleetState,
  error?: EventError,
): FleetState {
  const done = proven === undefined ? 0 : 2;
  const unit = handoverUnit(name, one, { state, done, error, handedOver: proven?.handedOver });
  sendTo(ctx, 'progress', keyOf(run, name), 'ended', { state: unit, events: [] });
  return state;
}

/** What is asked before a gateway is bought. */
function purchaseQuestions(
  { approvals, handovers: { account, region } }: Pick<HandoverWork, 'approvals' | 'handovers'>,
  planned: readonly PlannedHandover[],
): readonly Question[] {
  if (!approvals.includes('purchase')) return [];

  const question = planned
    .filter(({ buys }) => buys)
    .flatMap(({ plan: { group, stages } }) =>
      stages.flatMap(({ gateway }) => {
        if (!('purchase' in gateway)) return [];

        const { name, spec, chargeType, hourlyUsd } = gateway.purchase;
        const price = hourlyUsd === undefined ? '' : `, list price ${hourlyUsd} US dollars an hour`;
        return [`${account} ${region}: buy the gateway ${name} for ${group.name}: ${spec}, ${chargeType}${price}`];
      }),
    );
  return question.length === 0 ? [] : [{ kind: 'purchase', question }];
}

/** What is asked before callers are sent to the targets. */
function dnsQuestions(
  { approvals, handovers: { account, region } }: Pick<HandoverWork, 'approvals' | 'handovers'>,
  ready: readonly Ready[],
): readonly Question[] {
  if (ready.length === 0 || !approvals.includes('dns')) return [];

  const question = ready.map(({ one: { plan }, proven: { handedOver } }) => {
    const names = plan.stages.flatMap(({ records }) => records.map(({ name }) => name));
    const { group, stage, gateway = 'its target', routes, proven = 0, accepted = 0 } = handedOver;
    const evidence = `${proven} of ${routes} routes proven, ${accepted} accepted`;
    return `${account} ${region}: send callers of ${names.join(', ')} from ${group} ${stage} to ${gateway}: ${evidence}`;
  });
  return [{ kind: 'dns', question }];
}

/** How workers carry out hand-overs. */
export const handoverWork = {
  goal: 'handover',
  carryOut: handOverSpec,
  stop: stopHandover,
  services: (setting: Setting, replaysAlways: boolean) => [handovers, handoverService(setting, replaysAlways)],
} as const;
