import { defined, type JournalRecord } from '@postern/core/internal/adapter';
import type * as Handover from '@postern/alibaba/internal/handover';
import type { HandoverProof, SwitchResult } from '@postern/alibaba/internal/handover';
import type { EventError } from '@postern/core/internal/plan';
import * as restate from '@restatedev/restate-sdk';
import { keyOf } from '../engine/ingress.js';
import type { FleetState, UnitEvent, UnitState } from '../model.js';
import { type Setting, readContext, whileReading } from '../worker/failures.js';
import { callHandler, sendTo } from '../services/calls.js';
import { serviceOfUnits, type UnitWork } from '../services/unit.js';
import { inPlace, openInPlace, placeKey, type PlaceUnit } from '../services/place-work.js';
import type { HandoverAccess, HandoverClient } from './access.js';
import type { HandoverUnit } from './model.js';
import { handoverUnit, handoverClientFor, type HandoverWork, type KeptHandover, type PlannedHandover } from './unit.js';

/** The switches of hand-overs that have begun and not ended, by the ID of the hand-over. Key: provider, account, region. */
export const handovers = openInPlace<'postern-handovers', KeptHandover>(
  'postern-handovers',
  ({ plan }) => plan.handover,
);

/** How many routes an error names. */
const MOST_ROUTES = 3;

/** Why a hand-over is not proven. */
function proofError({ stages }: HandoverProof): EventError {
  const open = stages.flatMap(({ missing, routes }) => [
    ...missing.map((text) => `${text} is missing or not as planned`),
    ...routes
      .filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown')
      .map(({ route, key, code, message }) => `${key} (${route}): ${code}: ${message}`),
  ]);
  const more = open.length > MOST_ROUTES ? `; and ${open.length - MOST_ROUTES} more` : '';
  return {
    code: 'FINDINGS_FAILED',
    message: `the target is not proven: ${open.slice(0, MOST_ROUTES).join('; ')}${more}`,
    remedy: 'Correct it, or add the name of the route to `accept` or `calls` of the hand-over, and begin another run.',
  };
}

/** Why a switch has not ended at 100 %. */
function switchError({ state, failures, notes }: SwitchResult): EventError {
  const [first] = failures;
  if (first !== undefined) {
    const back = state === 'switched-back' ? 'the former records are restored: ' : '';
    return { code: first.code, message: `${back}${first.message}` };
  }

  return {
    code: 'WAIT_TIMEOUT',
    message: `the switch has not ended: ${notes.join('; ')}`,
    remedy: 'Do what it says, and begin another run: it goes on there.',
  };
}

/** What a part of a hand-over is started with. */
export type HandoverPart = UnitWork & {
  /** Of the switch: what its first part came to. */
  readonly proven?: ProvenHandover | undefined;
};

/** What the first part of a hand-over came to. */
export type ProvenHandover = { readonly proof: HandoverProof; readonly handedOver: HandoverUnit };

/** What a part came to: the unit has ended, or it is proven and may be switched. */
export type HandoverPartEnd = { readonly state: FleetState } | { readonly proven: ProvenHandover };

export const partKey = (run: string, spec: string, id: string, part: 'build' | 'switch'): string =>
  part === 'build' ? keyOf(run, spec, id) : keyOf(run, spec, id, part);

/** Ends the waits of both parts, which workers of a version carry out. */
export function stopHandover(
  ctx: restate.Context,
  { run, name, id }: { readonly run: string; readonly name: string; readonly id: string },
  version: string,
): void {
  for (const part of ['build', 'switch'] as const)
    sendTo(ctx, ['handover', version], partKey(run, name, id, part), 'stop');
}

/** Events are sent to the record of the spec in lists of this size: the engine stores each message. */
const TELL_AFTER = 50;

/** A part of a hand-over: it is built and proven, or callers are sent to the target. It ends with a state, whatever happens. */
export const handoverService = (setting: Setting, replaysAlways: boolean) =>
  serviceOfUnits<HandoverPart, HandoverPartEnd>(
    'handover',
    setting,
    whileReading(replaysAlways),
    async (ctx, given) => {
      const { run, spec, unit: id, proven } = given;
      const work = await setting.works.of<HandoverWork>(run, spec);
      const planned = work.planned.find((one) => one.id === id);
      const { handoverAccess: access } = setting.brought;
      if (planned === undefined || access === undefined) {
        throw new restate.TerminalError(`hand-over ${id} is not in the plan, or this worker has no \`handoverAccess\``);
      }

      const { provider, account, region } = work.handovers;
      const place = { provider, account, region };
      const at = { work, place, setting };
      const doing: Doing = {
        planned,
        access,
        setting,
        // A worker without hand-overs needs no package of a cloud.
        handover: await import('@postern/alibaba/internal/handover'),
        client: await handoverClientFor(work, access),
      };
      const ended = (state: UnitState): HandoverPartEnd => {
        sendTo(ctx, 'progress', keyOf(run, spec), 'ended', { state, events: [] });
        return { state: state.state };
      };
      if (proven === undefined) {
        const { value, wasStopped, events } = await inPlace(ctx, given, at, (tools) => build(doing, tools));
        if (value?.proof?.ready === true) return { proven: { proof: value.proof, handedOver: value.handedOver } };

        const error = value?.error ?? errorIn(events);
        const handedOver = value?.handedOver;
        const state = wasStopped ? 'canceled' : 'failed';
        return ended(
          handoverUnit(spec, planned, { state, done: value?.proof === undefined ? 0 : 1, error, handedOver }),
        );
      }

      const key = placeKey(place);
      const open = await callHandler<readonly KeptHandover[]>(ctx, 'handovers', key, 'open');
      const kept = open.find(({ plan }) => plan.fingerprint === planned.plan.fingerprint);
      const memory: JournalRecord[] = [...(kept?.memory ?? [])];
      const { value, wasStopped, events } = await inPlace(ctx, given, at, (tools) =>
        switchOver(doing, proven.proof, { ...tools, before: kept?.memory ?? [], memory }),
      );
      // What is open must be known before the run ends, and the next one begins.
      const isOver = value?.state === 'switched' || value?.state === 'switched-back';
      if (isOver) await callHandler(ctx, 'handovers', key, 'ended', planned.plan.handover);
      else if (memory.length > 0) await callHandler(ctx, 'handovers', key, 'keep', { plan: planned.plan, memory });
      const isDone = value?.state === 'switched';
      const error = value === undefined ? errorIn(events) : switchError(value);
      return ended(
        handoverUnit(spec, planned, {
          state: isDone ? 'done' : wasStopped ? 'canceled' : 'failed',
          done: isDone ? 3 : 2,
          error: isDone ? undefined : error,
          handedOver: withRecords(proven.handedOver, value),
        }),
      );
    },
  );

interface Doing {
  readonly planned: PlannedHandover;
  readonly access: HandoverAccess;
  readonly client: HandoverClient;
  readonly setting: Setting;
  readonly handover: typeof Handover;
}

type Built = {
  readonly proof?: HandoverProof | undefined;
  readonly handedOver: HandoverUnit;
  readonly error?: EventError | undefined;
};

/** Gateways verify the machine's own time, also those of a simulator. */
const signedAt = (): number => Date.now();

async function build({ planned, client, handover }: Doing, tools: PlaceUnit): Promise<Built> {
  const { run, clock, note, tell, events } = tools;
  const { plan, buys, accept, calls } = planned;
  let handedOver = handoverUnit('', planned, { state: 'running' }).handedOver;
  const emit = (event: UnitEvent): void => {
    note(event);
    if (events().length % TELL_AFTER === 0) tell();
  };
  // A purchase was approved or allowed before the unit began.
  const built = await handover.executeHandoverRun(plan, client.driver, {
    run,
    context: { clock },
    emit,
    allowPurchase: buys,
  });
  const gateway = built.stages.flatMap(({ objects }) => objects).find(({ kind }) => kind === 'gateway')?.id;
  handedOver = { ...handedOver, ...defined({ gateway }), left: [...handedOver.left, ...built.notes] };
  const [failure] = built.failures;
  if (built.state !== 'built') {
    return {
      handedOver,
      ...(failure === undefined ? {} : { error: { code: failure.code, message: failure.message } }),
    };
  }

  const proven = await handover.executeHandoverProof(plan, client.driver, {
    run,
    call: client.call,
    accept,
    samples: calls,
    now: signedAt,
  });
  if (!proven.ok) return { handedOver, error: proven.error };

  const proof = proven.value;
  const routes = proof.stages.flatMap((stage) => stage.routes);
  const count = (verdict: string): number => routes.filter((one) => one.verdict === verdict).length;
  handedOver = { ...handedOver, proven: count('proven'), accepted: count('accepted') };
  return { proof, handedOver, ...(proof.ready ? {} : { error: proofError(proof) }) };
}

function switchOver(
  { planned: { plan, acceptUnwatched }, access, client, setting, handover }: Doing,
  proof: HandoverProof,
  {
    run,
    clock,
    note,
    tell,
    before,
    memory,
  }: PlaceUnit & { readonly before: readonly JournalRecord[]; readonly memory: JournalRecord[] },
): Promise<SwitchResult> {
  const context = readContext(setting, new AbortController().signal);
  return handover.executeHandoverSwitch(plan, client.driver, proof, {
    run,
    context: { clock },
    memory: before,
    remember: (record) => void memory.push(record),
    watch: handover.witnessOf('all', plan, client.driver, proof, { context, call: client.call, now: signedAt }),
    acceptUnwatched,
    resolve: access.resolve,
    emit: (event) => {
      note(event);
      if (event.type !== 'step.progress') tell();
    },
  });
}

function withRecords(handedOver: HandoverUnit, result: SwitchResult | undefined): HandoverUnit {
  if (result === undefined) return handedOver;

  const records = result.stages.flatMap((stage) => stage.records);
  return { ...handedOver, records, left: [...handedOver.left, ...result.notes] };
}

function errorIn(events: readonly UnitEvent[]): EventError | undefined {
  const failed = events.findLast((event) => event.type === 'step.failed');
  return failed?.type === 'step.failed' ? failed.error : undefined;
}
