import { readAddress } from '../addresses.js';
import type { Backend, BackendRequest, BackendResult, BackendSpec, Behavior } from './backend.js';
import { echo } from './echo.js';
import { forward, isLoopbackUrl } from './forward.js';
import type { StreamLimits } from './gateway-call.js';

/** Which backends answer where. A target without one is answered by the echo. */
export class Backends {
  #backends: Backend[] = [];
  #last = 0;
  /** Called when backends have changed. */
  onChange: () => void = () => undefined;

  /**
   * Registers a backend. It replaces one of the same place.
   * @throws {RangeError} for a place that cannot be one, and for a URL that is not of a loopback address
   */
  add(spec: BackendSpec): Backend {
    const checked = checkedSpec(spec);
    this.#last += 1;
    const backend = { ...checked, number: this.#last };
    this.#backends = [...this.#backends.filter((one) => placeOf(one) !== placeOf(backend)), backend];
    this.onChange();
    return backend;
  }

  /** Those that are registered, oldest first. */
  list(): readonly Backend[] {
    return this.#backends;
  }

  /** Removes one by its number, or all. Whether there was one. */
  remove(number?: number): boolean {
    const before = this.#backends.length;
    this.#backends = number === undefined ? [] : this.#backends.filter((one) => one.number !== number);
    this.onChange();
    return this.#backends.length < before;
  }

  /** The one that answers at a place, if one is registered. */
  at(place: Pick<BackendRequest, 'address' | 'port' | 'instance' | 'network'>): Backend | undefined {
    if (this.#backends.length === 0) return undefined;
    return this.#backends.findLast((one) => isAt(one, place));
  }

  /** The behavior of what answers a request; undefined for a server of the user's own. */
  scripted(request: BackendRequest): Behavior | undefined {
    const backend = this.at(request);
    return backend?.url === undefined ? (backend?.behavior ?? {}) : undefined;
  }

  /** Sends a request to the server that is registered for it, in real time. */
  async forwarded(request: BackendRequest, timeoutMs: number, streams?: StreamLimits): Promise<BackendResult> {
    const url = this.at(request)?.url;
    return url === undefined ? answerOf({}, request) : forward(url, request, timeoutMs, streams);
  }
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

function isAt(backend: Backend, { address, port, instance, network }: Parameters<Backends['at']>[0]): boolean {
  if (backend.port !== port) return false;
  if (backend.network !== undefined && network !== undefined && backend.network !== network) return false;
  return backend.address === undefined ? backend.instance === instance : backend.address === address;
}

const placeOf = ({ address = '', instance = '', port, network = '' }: BackendSpec): string =>
  [address, instance, port, network].join('|');

const SPEC_KEYS = ['address', 'instance', 'port', 'network', 'url', 'behavior'];
const BEHAVIOR_KEYS = ['status', 'delayMs', 'reset', 'body'];

function checkedSpec(value: unknown): BackendSpec {
  const spec = objectOf(value, 'A backend', SPEC_KEYS);
  const { address, instance, port, network, url, behavior } = spec;
  if ((address === undefined) === (instance === undefined)) {
    throw new RangeError('A backend has either an "address" or an "instance".');
  }
  if (address !== undefined && (typeof address !== 'string' || readAddress(address) === undefined)) {
    throw new RangeError('A backend\'s "address" is an IP address: "10.0.1.10".');
  }
  const text = Object.entries({ instance, network }).find(([, one]) => one !== undefined && !isText(one));
  if (text) throw new RangeError(`A backend's "${text[0]}" is a string.`);
  if (!isWhole(port, 1, 65_535)) throw new RangeError('A backend\'s "port" is a number from 1 to 65535.');
  if ((url === undefined) === (behavior === undefined)) {
    throw new RangeError('A backend has either a "url" or a "behavior".');
  }
  if (url !== undefined && !(typeof url === 'string' && isLoopbackUrl(url))) {
    throw new RangeError('A backend\'s "url" is an http:// URL of a loopback address: "http://127.0.0.1:9001".');
  }
  if (behavior !== undefined) checkBehavior(behavior);
  return spec as unknown as BackendSpec;
}

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
