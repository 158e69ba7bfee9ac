import { lowerCased } from './merged-headers.js';
import { isLost, type Outcome } from './outcomes.js';

/** Calls to make, spread evenly over simulated time. */
export interface LoadSpec {
  /** The gateway's host name. */
  readonly gateway: string;
  /** Called in turn. A path has no method of its own: all of them are called with `method`. */
  readonly paths: readonly string[];
  /** `GET` by default. */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * The gateway is a WebSocket API: each call opens a connection at a path, which is a stage (`/prod`), sends this message and
   * closes the connection. Empty: it is opened and closed.
   */
  readonly message?: string | undefined;
  /** Calls per simulated second: more than 0, at most 10,000. */
  readonly perSecond: number;
  /** Simulated seconds; 0: until it is ended. */
  readonly seconds: number;
}

/** How a load job goes. */
export interface LoadStatus {
  /** Calls that have ended. */
  readonly calls: number;
  readonly delivered: number;
  readonly lost: number;
  /** The first call that was lost; `at` is simulated time, ISO 8601. */
  readonly firstLost: { readonly at: string; readonly outcome: Outcome; readonly path: string } | null;
  /** Whether it makes no more calls, and all that it made have ended. */
  readonly done: boolean;
  /** Why it ended early. */
  readonly stopped?: string | undefined;
}

/** What a job needs of the simulation. */
export interface LoadGround {
  readonly now: () => number;
  /** Does something at a moment. */
  readonly at: (ms: number, action: () => void) => void;
  /** Makes a call now; reports its outcome when it has ended, with the moment. */
  readonly call: (spec: LoadSpec, path: string, ended: Ended) => void;
}

type Ended = (outcome: Outcome, at: number) => void;

const KEYS = ['gateway', 'paths', 'method', 'headers', 'message', 'perSecond', 'seconds'];
const FASTEST = 10_000;
/** Calls of one job while time moves once: a job without end does not outlast a jump of months. */
const MOST_CALLS_AT_ONCE = 2_000_000;
/**
 * The same between two looks where time passes by itself: about a second of work. A job that is faster than the machine
 * would fall behind ever more, and nothing could end it.
 */
const MOST_CALLS_IN_REAL_TIME = 20_000;

/** One load job. It makes its calls as simulated time passes. */
export class Load {
  readonly #spec: LoadSpec;
  readonly #ground: LoadGround;
  readonly #startMs: number;
  readonly #ends = new Map<string, Ended>();
  /** Calls that time made. */
  #ticks = 0;
  #made = 0;
  #ended = 0;
  #delivered = 0;
  #lost = 0;
  #firstLost: LoadStatus['firstLost'] = null;
  #over = false;
  #stopped: string | undefined;
  #madeInStep = 0;
  readonly #tick = (): void => this.#makeNext();
  #mostInStep = MOST_CALLS_AT_ONCE;

  /** @throws {RangeError} for calls that cannot be made */
  constructor(spec: unknown, ground: LoadGround) {
    this.#spec = checked(spec);
    this.#ground = ground;
    this.#startMs = ground.now();
    this.#next();
  }

  /** How it goes. */
  status(): LoadStatus {
    return {
      calls: this.#ended,
      delivered: this.#delivered,
      lost: this.#lost,
      firstLost: this.#firstLost,
      done: this.#over && this.#ended === this.#made,
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    };
  }

  /** Makes no more calls. */
  stop(reason?: string): void {
    if (this.#over) return;

    this.#over = true;
    this.#stopped = reason;
  }

  /** Makes one more call of each path now, beside those that time makes. */
  callNow(): void {
    for (const path of this.#spec.paths) this.#call(path);
  }

  /** Whether it still makes calls. */
  isActive(): boolean {
    return !this.#over;
  }

  /** Time moves again, or `isRealTime` passes: the calls that it may cause are counted from 0. */
  newStep(isRealTime: boolean): void {
    this.#madeInStep = 0;
    this.#mostInStep = isRealTime ? MOST_CALLS_IN_REAL_TIME : MOST_CALLS_AT_ONCE;
  }

  #next(): void {
    const { perSecond, seconds } = this.#spec;
    if (seconds > 0 && this.#ticks >= Math.max(1, Math.floor(perSecond * seconds))) return this.stop();

    this.#ground.at(this.#startMs + (this.#ticks * 1000) / perSecond, this.#tick);
  }

  #makeNext(): void {
    if (this.#over) return;

    this.#madeInStep += 1;
    if (this.#madeInStep > this.#mostInStep) {
      return this.stop(`It would have made more than ${this.#mostInStep} calls while time moved once.`);
    }

    const { paths } = this.#spec;
    const path = paths[this.#ticks % paths.length] ?? '/';
    this.#ticks += 1;
    this.#call(path);
    this.#next();
  }

  #call(path: string): void {
    this.#made += 1;
    this.#ground.call(this.#spec, path, this.#endOf(path));
  }

  /** One function for all calls of a path. */
  #endOf(path: string): Ended {
    const known = this.#ends.get(path);
    if (known) return known;

    const ended: Ended = (outcome, at) => this.#end(outcome, path, at);
    this.#ends.set(path, ended);
    return ended;
  }

  #end(outcome: Outcome, path: string, at: number): void {
    this.#ended += 1;
    if (outcome === 'delivered') {
      this.#delivered += 1;
      return;
    }
    if (!isLost(outcome)) return;

    this.#lost += 1;
    this.#firstLost ??= { at: new Date(at).toISOString(), outcome, path };
  }
}

function checked(value: unknown): LoadSpec {
  if (typeof value !== 'object' || value === null) throw new RangeError('A load job is an object.');

  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new RangeError(`A load job has no "${unknown}"; it has ${KEYS.join(', ')}.`);

  const { gateway, paths, method = 'GET', headers = {}, message, perSecond, seconds } = value as Partial<LoadSpec>;
  if (typeof gateway !== 'string') throw new RangeError('A load job\'s "gateway" is the host name of a gateway.');
  if (!Array.isArray(paths) || paths.length === 0 || !paths.every((path) => isPath(path))) {
    throw new RangeError('A load job\'s "paths" is a list of paths: ["/orders/1"].');
  }
  if (typeof method !== 'string' || !/^[A-Z]{1,16}$/.test(method)) {
    throw new RangeError('A load job\'s "method" is an HTTP method: "GET".');
  }
  if (typeof headers !== 'object' || !Object.values(headers).every((text) => typeof text === 'string')) {
    throw new RangeError('A load job\'s "headers" is an object of strings.');
  }
  if (message !== undefined && typeof message !== 'string') {
    throw new RangeError('A load job\'s "message" is a text: "{}".');
  }
  if (typeof perSecond !== 'number' || !(perSecond > 0 && perSecond <= FASTEST)) {
    throw new RangeError(`A load job's "perSecond" is a number above 0, at most ${FASTEST}.`);
  }
  if (typeof seconds !== 'number' || !(seconds >= 0 && Number.isFinite(seconds))) {
    throw new RangeError('A load job\'s "seconds" is a number ≥ 0; 0 is until it is ended.');
  }

  return { gateway, paths, method, headers: lowerCased(headers), message, perSecond, seconds };
}

const isPath = (value: unknown): boolean => typeof value === 'string' && /^\/[^\s#]*$/.test(value);
