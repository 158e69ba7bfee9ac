import { connect } from 'node:net';
import {
  type BackendRequest,
  type Backend,
  type BackendResult,
  type BackendSpec,
  type Behavior,
  WELL,
  type Condition,
  type ConditionHistory,
} from './backend.js';
import { readAddress } from '../../addresses.js';
import { forward, isLoopbackUrl, type StreamTimes } from './forward.js';
import { MAX_PORT } from '../../ports.js';

/** How often a server that refused a connection is tried again, in real milliseconds. */
const AGAIN_MS = 500;

/** Resolves when a server of this machine accepts connections again. A signal ends the wait. */
function untilReachable(url: string, signal: AbortSignal): Promise<void> {
  const { hostname, port } = new URL(url);
  const address = { host: hostname === '[::1]' ? '::1' : '127.0.0.1', port: port === '' ? 80 : Number(port) };
  return new Promise((resolve) => {
    const again = (): void => {
      if (!signal.aborted) setTimeout(attempt, AGAIN_MS).unref();
    };
    const attempt = (): void => {
      if (signal.aborted) return;

      const socket = connect(address, () => {
        socket.destroy();
        resolve();
      });
      socket.unref();
      socket.on('error', again);
    };
    again();
  });
}

/** What the built-in backend answers: the request as it arrived, as JSON. */
function echo({ source, address, port, method, path, headers, link, gateway }: BackendRequest): string {
  const mark = path.indexOf('?');
  return JSON.stringify({
    backend: 'echo',
    source,
    destination: address,
    port,
    method,
    path: mark < 0 ? path : path.slice(0, mark),
    query: mark < 0 ? '' : path.slice(mark + 1),
    headers,
    link,
    gateway,
  });
}

type Place = Pick<BackendRequest, 'address' | 'port' | 'instance' | 'service' | 'network'>;

/** What health checks of a place have met. */
export type ConditionAt = (place: Place) => ConditionHistory;

/** What is known of a place where a backend is registered, or was. */
interface Known {
  readonly spec: BackendSpec;
  readonly history: ConditionHistory;
  /** Ends the wait for a server that does not answer. */
  readonly watch: AbortController;
}

/** Which backends answer where. A target without one is answered by the echo. */
export class Backends {
  #backends: Backend[] = [];
  #known = new Map<string, Known>();
  #last = 0;

  constructor(
    private readonly ground: {
      readonly now: () => number;
      /** Called when a backend has changed. */
      readonly changed: () => void;
    },
  ) {}

  /**
   * Registers a backend. It replaces one of the same place.
   * @throws {RangeError} for a place that cannot be one, and for a URL that is not of a loopback address
   */
  add(spec: BackendSpec): Backend {
    const checked = checkedSpec(spec);
    this.#last += 1;
    const backend = { ...checked, number: this.#last };
    this.#backends = [...this.#backends.filter((one) => placeOf(one) !== placeOf(backend)), backend];
    this.#note(backend, conditionOf(backend));
    return backend;
  }

  /** Those that are registered, oldest first. */
  list(): readonly Backend[] {
    return this.#backends;
  }

  /** Removes one by its number, or all. Whether there was one. */
  remove(number?: number): boolean {
    const removed = this.#backends.filter((one) => number === undefined || one.number === number);
    this.#backends = this.#backends.filter((one) => !removed.includes(one));
    for (const one of removed) this.#note(one, WELL);
    return removed.length > 0;
  }

  /** As at the start of the simulation. */
  reset(): void {
    for (const { watch } of this.#known.values()) watch.abort();
    this.#known.clear();
    this.#backends = [];
    this.#last = 0;
  }

  /** What health checks of a place have met. */
  conditionAt(place: Place): ConditionHistory {
    if (this.#known.size === 0) return WELL;

    return [...this.#known.values()].findLast(({ spec }) => isAt(spec, place))?.history ?? WELL;
  }

  /** The one that answers at a place, if one is registered. */
  at(place: Place): Backend | undefined {
    if (this.#backends.length === 0) return undefined;

    return this.#backends.findLast((one) => isAt(one, place));
  }

  /** The behavior of what answers a request; undefined for a server of the user's own. */
  scripted(request: BackendRequest): Behavior | undefined {
    const backend = this.at(request);
    return backend?.url === undefined ? (backend?.behavior ?? {}) : undefined;
  }

  /** Sends a request to the server that is registered for it, in real time. */
  async forwarded(request: BackendRequest, timeoutMs: number, stream?: StreamTimes): Promise<BackendResult> {
    const backend = this.at(request);
    if (backend?.url === undefined) return answerOf(backend?.behavior ?? {}, request);

    const result = await forward(backend.url, request, timeoutMs, stream);
    if (result.kind === 'reset' && this.#backends.includes(backend)) this.#silent(backend, backend.url);
    return result;
  }

  /** A server refused or broke a connection: it counts as silent until it accepts one again. */
  #silent(backend: Backend, url: string): void {
    if (this.#known.get(placeOf(backend))?.history.answers === false) return;

    const { signal } = this.#note(backend, { ...WELL, answers: false });
    void untilReachable(url, signal).then(() => {
      if (!signal.aborted) this.#note(backend, WELL);
    });
  }

  #note(spec: BackendSpec, { answers, status, delayMs }: Condition): AbortController {
    const key = placeOf(spec);
    const known = this.#known.get(key);
    known?.watch.abort();
    const { before: _older, ...before } = known?.history ?? WELL;
    const watch = new AbortController();
    const history = { answers, status, delayMs, since: this.ground.now(), before };
    this.#known.delete(key); // the newest is the last
    this.#known.set(key, { spec, history, watch });
    this.ground.changed();
    return watch;
  }
}

/** How health checks see a backend; a server of the user's own is well until a connection to it fails. */
function conditionOf({ behavior: { reset = false, status = 200, delayMs = 0 } = {} }: BackendSpec): Condition {
  return { answers: !reset, status, delayMs };
}

/** What a scripted backend answers, without its delay. */
export function answerOf(behavior: Behavior, request: BackendRequest): BackendResult {
  if (behavior.reset === true) {
    return { kind: 'reset', because: `The backend at ${request.address}:${request.port} closed the connection.` };
  }

  const { status = 200, body } = behavior;
  return {
    kind: 'answered',
    status,
    headers: { 'content-type': body === undefined ? 'application/json' : 'text/plain; charset=utf-8' },
    body: body ?? echo(request),
  };
}

function isAt(backend: BackendSpec, { address, port, instance, service, network }: Place): boolean {
  if (backend.port !== port) return false;
  if (backend.network !== undefined && network !== undefined && backend.network !== network) return false;
  if (backend.service !== undefined) return backend.service === service;

  return backend.address === undefined ? backend.instance === instance : backend.address === address;
}

const placeOf = ({ address = '', instance = '', service = '', port, network = '' }: BackendSpec): string =>
  [address, instance, service, port, network].join('|');

const SPEC_KEYS = ['address', 'instance', 'service', 'port', 'network', 'url', 'behavior'];
const BEHAVIOR_KEYS = ['status', 'delayMs', 'reset', 'body'];

function checkedSpec(value: unknown): BackendSpec {
  const spec = objectOf(value, 'A backend', SPEC_KEYS);
  const { address, instance, service, port, network, url, behavior } = spec;
  if ([address, instance, service].filter((one) => one !== undefined).length !== 1) {
    throw new RangeError('A backend has either an "address", an "instance" or a "service".');
  }
  if (address !== undefined && (typeof address !== 'string' || !isPlace(address))) {
    throw new RangeError('A backend\'s "address" is an IP address, "10.0.1.10", or a host name of the internet.');
  }

  const text = Object.entries({ instance, service, network }).find(([, one]) => one !== undefined && !isText(one));
  if (text) throw new RangeError(`A backend's "${text[0]}" is a string.`);
  if (!isWhole(port, 1, MAX_PORT)) throw new RangeError('A backend\'s "port" is a number from 1 to 65535.');
  if ((url === undefined) === (behavior === undefined)) {
    throw new RangeError('A backend has either a "url" or a "behavior".');
  }
  if (url !== undefined && !(typeof url === 'string' && isLoopbackUrl(url))) {
    throw new RangeError('A backend\'s "url" is an http:// URL of a loopback address: "http://127.0.0.1:9001".');
  }

  if (behavior !== undefined) checkBehavior(behavior);
  return value as BackendSpec;
}

/** A host name has two labels and more, in small letters. */
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

const isPlace = (address: string): boolean => readAddress(address) !== undefined || HOST_NAME.test(address);

function checkBehavior(value: unknown): void {
  const { status, delayMs, reset, body } = objectOf(value, "A backend's behavior", BEHAVIOR_KEYS);
  if (status !== undefined && !isWhole(status, 200, 599)) {
    throw new RangeError('A behavior\'s "status" is a number from 200 to 599.');
  }
  if (delayMs !== undefined && !(typeof delayMs === 'number' && delayMs >= 0 && Number.isFinite(delayMs))) {
    throw new RangeError('A behavior\'s "delayMs" is a number ≥ 0.');
  }
  if (reset !== undefined && typeof reset !== 'boolean') throw new RangeError('A behavior\'s "reset" is a boolean.');
  if (body !== undefined && typeof body !== 'string') throw new RangeError('A behavior\'s "body" is a string.');
}

function objectOf(value: unknown, what: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${what} is an object.`);
  }

  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new RangeError(`${what} has no "${unknown}"; it has ${keys.join(', ')}.`);

  return { ...value };
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
