import {
  createContext,
  memoryJournal,
  type CallContext,
  type Clock,
  type Journal,
} from '@postern/core/internal/library';
import { onAbort } from '@postern/core/internal/adapter';
import type { CallGateway } from '@postern/core/internal/probe';
import type {
  ClientOptions,
  FacedCall,
  FaultRule,
  SimulatedAlibaba,
  SimulatedClients,
  Simulation,
} from '@postern/simulator/internal/simulation';
import type { JournalLock } from './journal-lock.js';
import { Paging } from '../paging.js';
import { CALL_FAULTS, isCallFault, isCondition, type Condition, type EventKind } from '../trace.js';

/** What a process is about to do. */
export type Deed =
  | ({ readonly is: 'call' } & FacedCall)
  /** A record of the journal; the journal is read; its lock is taken, and released. */
  | { readonly is: 'record' | 'read' | 'lock' | 'unlock' }
  | { readonly is: 'wait' }
  /** A call of a gateway, as its callers make it. */
  | { readonly is: 'request' };

/** Decides what happens at a moment of a process. */
export type Happens = (deed: Deed, process: VirtualProcess) => EventKind | undefined;

/** How a process differs from others. */
export interface ProcessOptions {
  readonly happens: Happens;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Records that outlive the process; by default none. */
  readonly journal?: Journal | undefined;
  /** Of a journal that several processes have. Without it the process has its journal alone. */
  readonly lock?: JournalLock | undefined;
  /** The longest time of a request on its way, and of its answer, now, in simulated milliseconds. 0, the default: none. */
  readonly latencyMs?: (() => number) | undefined;
  /** Whether a region answers no call any more. */
  readonly isLost?: ((region: string) => boolean) | undefined;
  /** Which reads show the past. */
  readonly lags?: (() => 'lists' | 'reads' | undefined) | undefined;
  /** By how much the clock of its machine is off, in milliseconds: it signs by it. By default it is right. */
  readonly clockOffsetMs?: number | undefined;
  /** Texts that nothing that it writes may contain, beside its credentials. */
  readonly secrets?: readonly string[] | undefined;
}

/** Operations that answer lists; a read of one resource shows the present. */
const LIST = /^(?:Get\w*s|Describe\w+|List\w+)$/;

/** How far a clock jumps, in milliseconds: more than any step takes. */
const JUMP_MS = 7_200_000;

/** A number for each process, in its credentials. */
let processes = 0;

/** Kills that leave nothing of what the process was about to do. */
const isKillBefore = (kind: EventKind | undefined): boolean =>
  kind === 'kill' || kind === 'kill-and-lose' || kind === 'kill-and-switch';

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * A process that uses a simulation, and can be killed: then it calls, hears and writes nothing more.
 *
 * It can be killed at each await at which it does anything with the world: before and after each call of a cloud or a gateway, each
 * record and read of the journal, each taking and release of its lock, and each wait. Between two of them it only computes: a kill
 * there leaves behind what a kill right before the next of them leaves.
 */
export class VirtualProcess {
  /** For the driver and for runs. */
  readonly context: CallContext;
  /** Resolves when it is killed. */
  readonly killed: Promise<void>;
  /** Whether its journal was lost with it. */
  lostJournal = false;
  /** Whether the next process is on another machine. */
  leftMachine = false;
  /** Why a change had no record of its step before it; see {@link VirtualProcess.journal}. */
  unexplained: string | undefined;
  /** Why its credentials are in what it wrote; see {@link VirtualProcess.write}. */
  leaked: string | undefined;
  readonly journal: Journal;
  readonly #paging = new Paging();
  /** As the real clients' errors have them: requests with their headers. */
  readonly #secret: string;
  #skewMs: number;
  readonly #clock: Clock;
  readonly #simulation: Simulation;
  readonly #options: ProcessOptions;
  readonly #sleeps = new Set<AbortController>();
  readonly #records: Journal;
  /** The steps that began and did not end, as the journal has them. */
  readonly #open = new Set<string>();
  #dead = false;
  #resolveKilled = (): void => undefined;

  constructor(simulation: Simulation, options: ProcessOptions) {
    this.#simulation = simulation;
    this.#options = options;
    this.#skewMs = options.clockOffsetMs ?? 0;
    this.#records = options.journal ?? memoryJournal();
    processes += 1;
    this.#secret = `secret-of-process-${processes}-`;
    this.killed = new Promise((resolve) => (this.#resolveKilled = resolve));
    this.journal = this.#openJournal();
    this.#clock = this.#ownClock();
    this.context = createContext({ clock: this.#clock, random: options.random });
  }

  /** Whether it was killed. */
  get isDead(): boolean {
    return this.#dead;
  }

  /** Clients of AWS in a region. */
  clients(region: string): SimulatedClients {
    const clients = this.#simulation.clients(region, this.#client(region));
    const guarded = Object.entries(clients).map(([name, client]) => [name, this.#guarded(name, client as object)]);
    return Object.fromEntries(guarded) as SimulatedClients;
  }

  #client(region: string): ClientOptions {
    return { onCall: (call) => this.#onCall(call, region), machineClock: this.#clock.now };
  }

  /** A client of Alibaba Cloud in a region. */
  alibaba(region: string): SimulatedAlibaba {
    const { call } = this.#simulation.alibaba(region, this.#client(region));
    return {
      call: (params, query, ...rest) =>
        this.#through(() => this.#paging.sendQuery(query, (sent) => call(params, sent, ...rest))),
    };
  }

  /** Calls a gateway on the data path. */
  readonly callGateway: CallGateway = ({ url, method, headers }) =>
    this.request(async () => {
      const { host, pathname, search } = new URL(url);
      const answer = await this.#simulation.traffic.call({ host, path: pathname + search, method, headers });
      const { status, body } = answer;
      const texts = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
      return { status, headers: Object.fromEntries(texts), latencyMs: 0, body };
    });

  /** Something that it asks beside the cloud, as a call of a gateway. */
  request<T>(work: () => Promise<T>): Promise<T> {
    return this.#await({ is: 'request' }, work);
  }

  /** Something that others read: an event, a record, a plan, an error. */
  write(what: string, value: unknown): void {
    if (this.leaked !== undefined) return;

    const text = JSON.stringify(value) ?? '';
    if ([this.#secret, ...(this.#options.secrets ?? [])].some((secret) => text.includes(secret))) this.leaked = what;
  }

  /** Ends it now. */
  kill(): void {
    this.#dead = true;
    for (const sleep of this.#sleeps) sleep.abort();
    this.#resolveKilled();
  }

  /** Nothing reaches a process that is dead. */
  #alive<T>(value: T): T | Promise<T> {
    return this.#dead ? never<T>() : value;
  }

  #meet(deed: Deed): EventKind | undefined {
    const kind = this.#options.happens(deed, this);
    if (kind === 'kill-and-lose') this.lostJournal = true;
    if (kind === 'kill-and-switch') this.leftMachine = true;
    if (kind === undefined || !isCondition(kind)) return kind;

    this.#begin(kind);
    return undefined;
  }

  #begin(condition: Condition): void {
    if (condition === 'clock-ahead' || condition === 'clock-back') {
      this.#skewMs += condition === 'clock-ahead' ? JUMP_MS : -JUMP_MS;
    } else this.#paging.begin(condition);
  }

  #onCall(call: FacedCall, region: string): FaultRule | undefined {
    if (this.#dead) return CALL_FAULTS.reset;
    if (this.#options.isLost?.(region) === true) return CALL_FAULTS.error;

    const kind = this.#meet({ is: 'call', ...call });
    if (call.kind === 'write' && this.#open.size === 0) this.unexplained ??= `${call.operation} had no open step`;
    if (call.kind === 'write' && this.#options.lock?.isHeldBy(this) === false)
      this.unexplained ??= `${call.operation} was called without the lock of the journal`;
    if (isKillBefore(kind)) {
      this.kill();
      return CALL_FAULTS.reset;
    }

    if (kind === 'kill-after') this.kill(); // the call goes on, and its answer is not heard
    if (kind !== undefined && isCallFault(kind)) return CALL_FAULTS[kind];

    const lags = this.#options.lags?.();
    const isOld = lags === 'reads' ? call.kind === 'read' : lags === 'lists' && LIST.test(call.operation);
    return isOld ? CALL_FAULTS.stale : undefined;
  }

  async #through<T>(send: () => Promise<T>): Promise<T> {
    await this.#delay();
    try {
      return await this.#arrives(await send());
    } catch (error) {
      await this.#arrives(undefined);
      if (error instanceof Error) {
        const headers = { authorization: `Credential=${this.#secret}`, 'x-amz-security-token': this.#secret };
        Object.assign(error, { $request: { headers }, config: { accessKeySecret: this.#secret } });
      }
      throw error;
    }
  }

  async #arrives<T>(answer: T): Promise<T> {
    await this.#delay();
    return this.#alive(answer);
  }

  async #delay(): Promise<void> {
    const latencyMs = this.#options.latencyMs?.() ?? 0;
    const { random } = this.#options;
    if (latencyMs > 0 && !this.#dead) await this.#simulation.clock.sleep(Math.floor(random() * latencyMs));
    await this.#alive(undefined);
  }

  #ownClock(): Clock {
    const { clock } = this.#simulation;
    return {
      now: () => clock.now() + this.#skewMs,
      monotonicMs: clock.monotonicMs,
      sleep: (ms, signal) => this.#await({ is: 'wait' }, () => this.#sleep(ms, signal)),
    };
  }

  /** A dead process sleeps no more: time does not stop for it. */
  async #sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const own = new AbortController();
    const stop = onAbort(signal, () => own.abort(signal?.reason));
    this.#sleeps.add(own);
    try {
      await this.#simulation.clock.sleep(ms, own.signal);
    } catch (error) {
      if (this.#dead) return never();

      throw error;
    } finally {
      stop();
      this.#sleeps.delete(own);
    }
  }

  /** Something that the process awaits. It may be killed before it, and after it. */
  async #await<T>(deed: Deed, work: () => Promise<T>): Promise<T> {
    const kind = this.#dead ? undefined : this.#meet(deed);
    if (isKillBefore(kind)) this.kill();
    if (this.#dead) return never();

    const result = await work();
    if (kind === 'kill-after') this.kill();
    return this.#alive(result);
  }

  /** Knows the open steps: a change without one is not explained by the journal. */
  #openJournal(): Journal {
    const records = this.#records;
    return {
      append: (record) =>
        // What a step is about to change comes right before its call, which is a moment of its own.
        record.until !== undefined
          ? records.append(record)
          : this.#await({ is: 'record' }, async () => {
              this.write('the journal', record);
              await records.append(record);
              const { type, unit, step } = record;
              if (type === 'before') this.#open.add(`${unit} ${step}`);
              if (type === 'after' || type === 'failed') this.#open.delete(`${unit} ${step}`);
            }),
      read: () => this.#await({ is: 'read' }, () => records.read()),
      lock: () =>
        this.#await({ is: 'lock' }, async () => {
          const held = await this.#options.lock?.take(this);
          return { release: () => this.#await({ is: 'unlock' }, () => Promise.resolve(held?.release())) };
        }),
    };
  }

  /** A client whose calls all go through this process. */
  #guarded(name: string, client: object): object {
    return new Proxy(client, {
      get: (target, property) => {
        const method: unknown = Reflect.get(target, property);
        if (typeof property !== 'string' || typeof method !== 'function') return method;

        return (input: unknown, ...rest: readonly unknown[]) =>
          this.#through(() => this.#paging.send(name, input, (sent) => (method as Method)(sent, ...rest)));
      },
    });
  }
}

type Method = (...input: readonly unknown[]) => Promise<unknown>;
