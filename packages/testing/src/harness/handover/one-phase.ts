import { hashText, onAbort, PosternError } from '@postern/core/internal/adapter';
import {
  finishHandover,
  planHandover,
  proveHandover,
  rollbackHandover,
  runHandover,
  switchHandover,
  type CallPinned,
  type FinishEvent,
  type FinishResult,
  type HandoverEvent,
  type HandoverPlan,
  type HandoverProof,
  type HandoverResult,
  type SwitchEvent,
  type SwitchResult,
  type ResolveName,
  type WantedRecord,
  type WatchCalls,
} from '@postern/alibaba/internal/handover';
import type { RouteCall } from '../load-routes.js';
import { asProcess, resultOf } from '../trial/as-process.js';
import type { VirtualProcess } from '../trial/virtual-process.js';
import type { BuiltHandover, HandoverCommand, HandoverScenario } from './handover-scenario.js';

/** How long a client keeps its connections. */
export const KEEP_ALIVE_MS = 300_000;

/** The header of the simulated data path that names the caller's resolver. */
const RESOLVER = 'x-postern-resolver';

/** A resolver that ignores TTLs: its callers come to the classic group until they start anew. */
const FOR_EVER = 'phone; ignores-ttl';

/** How callers find a gateway: a resolver that keeps TTLs, one that ignores them, and a client with open connections. */
const KEPT = ['office', FOR_EVER, `app; keeps=${KEEP_ALIVE_MS / 1_000}`];

/** The calls of routes by callers of each kind, and by those who ask DNS for each call. */
export function callersOf(routes: readonly RouteCall[]): {
  readonly kept: readonly RouteCall[];
  readonly asking: readonly RouteCall[];
} {
  const kept = routes.flatMap((route) =>
    KEPT.map((resolver) => ({ ...route, headers: { ...route.headers, [RESOLVER]: resolver } })),
  );
  return { kept, asking: routes };
}

/** Whether a caller stays with the address that it had first. */
export const staysForEver = ({ headers }: RouteCall): boolean => headers?.[RESOLVER] === FOR_EVER;

type Event = HandoverEvent | SwitchEvent | FinishEvent;
type Result = HandoverResult | SwitchResult | FinishResult;

/** What commands before have left in files. */
export interface SavedFiles {
  readonly plan?: HandoverPlan | undefined;
  readonly proof?: HandoverProof | undefined;
}

/** How a command of a hand-over ended. */
export interface PhaseEnded extends SavedFiles {
  /** Of its result; `stopped` by its operator; undefined: it was killed, or ended with an error. */
  readonly state: string | undefined;
  /** The codes and messages of what failed. */
  readonly failed: readonly string[];
  readonly killed: boolean;
  /** What is left to remove at the end of a hand-over. */
  readonly left?: number | undefined;
}

/** What surrounds a command. */
interface PhaseTools {
  readonly saved: SavedFiles;
  readonly hear: (event: Event) => void;
  /** A record that the owner of the DNS is asked for. */
  readonly onWanted: (record: WantedRecord) => void;
  /** What the data path counted, and what resolvers show. */
  readonly watch: WatchCalls;
  readonly resolve: ResolveName | undefined;
}

/**
 * Carries out a command as one process; also ends when the process is killed.
 * @throws what is not an error of Postern: a defect
 */
export async function onePhase(
  { scenario, built }: { readonly scenario: HandoverScenario; readonly built: BuiltHandover },
  command: HandoverCommand,
  process: VirtualProcess,
  { saved, hear, onWanted, watch, resolve }: PhaseTools,
): Promise<PhaseEnded> {
  const failed: string[] = [];
  let { plan, proof } = saved;
  let [state, left]: [string | undefined, number | undefined] = [undefined, undefined];
  const stop = new AbortController();
  const context = { ...process.context, signal: stop.signal };
  onAbort(process.context.signal, () => stop.abort(process.context.signal?.reason));
  const stopAfter = command.does === 'switch' ? command.stopAfter : undefined;
  const planned = (): HandoverPlan => {
    if (plan === undefined) throw new Error(`${command.does} has no plan`);

    return plan;
  };
  const follow = async <E extends Event, R extends Result>(events: AsyncGenerator<E, R, undefined>): Promise<void> => {
    const result = await resultOf(process, failed, events, (event: Event) => {
      if (process.isDead) return;

      hear(event);
      if (event.type === 'record.wanted') onWanted(event.record);
      if (stopAfter?.(event as SwitchEvent) === true) stop.abort(new PosternError('ABORTED', 'the operator ended it'));
    });
    ({ state } = result);
    if ('items' in result) left = result.items.filter((item) => item.state === 'removable').length;
    if (state === 'waiting') failed.push('notes' in result ? result.notes.join(', ') : '');
  };
  const { journal } = process;
  const begin = async (): Promise<void> => {
    if (command.does === 'plan') {
      plan = await makePlan(scenario, built, process);
      process.write('the plan', plan);
      state = 'planned';
      return;
    }

    const driver = scenario.driver(process);
    switch (command.does) {
      case 'run':
        return follow(runHandover(planned(), driver, { context, journal, allowPurchase: true }));
      case 'prove': {
        const { accept, samples } = built;
        const call = pinned(process);
        // Callers sign by clocks of their own, which are right, and real.
        proof = await proveHandover(planned(), driver, { context, call, accept, samples, now: () => Date.now() });
        process.write('the proof', proof);
        state = proof.ready ? 'ready' : 'not-ready';
        failed.push(...openOf(proof));
        return;
      }
      case 'switch': {
        if (proof === undefined) throw new Error('switch has no proof');

        return follow(switchHandover(planned(), driver, proof, { context, journal, watch, resolve }));
      }
      case 'rollback':
        return follow(rollbackHandover(planned(), driver, { context, journal, resolve }));
      case 'finish': {
        const remove = ['apis', 'domains', 'group', 'records'] as const;
        const options = { context, journal, resolve, watch, remove, keepAliveMs: KEEP_ALIVE_MS };
        return follow(finishHandover(planned(), driver, options));
      }
    }
  };
  await asProcess(process, failed, begin, ({ code }) => {
    if (stop.signal.aborted && code === 'ABORTED') state = 'stopped';
  });
  return { state: process.isDead ? undefined : state, failed, killed: process.isDead, plan, proof, left };
}

async function makePlan(
  scenario: HandoverScenario,
  { group, targets: known, plan }: BuiltHandover,
  process: VirtualProcess,
): Promise<HandoverPlan> {
  const reader = scenario.reader(process);
  const source = await reader.read(group, process.context);
  process.write('the source', source);
  const targets = [];
  for (const more of known) targets.push({ ...(await reader.target(more.id, process.context)), ...more });
  return planHandover(source, { ...plan, targets });
}

/** What keeps a proof from being ready. */
function openOf({ ready, stages }: HandoverProof): readonly string[] {
  if (ready) return [];

  return stages.flatMap(({ missing, routes }) => [
    ...missing.map((one) => `missing: ${one}`),
    ...routes
      .filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown')
      .map(({ key, code }) => `${key}: ${code}`),
  ]);
}

/**
 * Calls a gateway at its address, or where DNS leads: the classic group has no address that is known. The echo's answer repeats what
 * names the gateway, which is left out.
 */
const pinned =
  (process: VirtualProcess): CallPinned =>
  async ({ side, address = '', host, method, path, headers, timeoutMs }) => {
    const at: Record<string, string> = side === 'target' ? { 'x-postern-address-of': address } : {};
    const call = { url: `http://${host}${path}`, method, headers: { ...headers, ...at }, timeoutMs };
    const { status, latencyMs, body: text = '' } = await process.callGateway(call);
    const body = text.startsWith('{') ? echoed(text) : text;
    const bodyHash = hashText(body);
    return { status, headers: {}, bodyHash, latencyMs };
  };

/** What the backend got that both gateways are to send alike. */
function echoed(text: string): string {
  const {
    method,
    path,
    headers = {},
  } = JSON.parse(text) as {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  return JSON.stringify([method, path, headers['x-tenant']]);
}
