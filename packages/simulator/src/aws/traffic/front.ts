import type { Bucket } from '../../simulation/dispatch/dispatcher.js';
import type { Decisions } from '../../simulation/traffic/outcomes.js';
import type { GatewayCall, Journey } from '../../simulation/traffic/gateway-call.js';
import type { RegionState } from '../state/aws-state.js';
import type { Delivery, PrivateCall } from './delivery.js';
import type { CacheEntries, Spending } from '../rest-apis/served/between-calls.js';
import { hexWord } from '../../simulation/time/seeded-random.js';

/** What the gateways of a region have in common on their data path. */
export interface Ground {
  readonly region: RegionState;
  /** The ID of the account. */
  readonly account: string;
  /** Changes whenever the simulated world may have changed. */
  readonly version: number;
  /** Simulated milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1), from the world's seed: for IDs. */
  readonly random: () => number;
  /** Which of several ways a call takes, by their weights. */
  readonly choose: (weights: readonly number[]) => number;
  /** What calls meet that may end another call in another way. */
  readonly decisions: Decisions;
  readonly requestId: () => string;
  /** Takes a token; false: the call is throttled. Always true where the simulation does not throttle. */
  readonly admits: (bucket: Bucket) => boolean;
  /** Counts a call against a quota; false: nothing is left of it. */
  readonly spends: (spending: Spending) => boolean;
  /** What the caches of stages of REST APIs hold. */
  readonly cache: CacheEntries;
  /** Sends a call through a VPC link. */
  readonly deliver: (call: PrivateCall) => Delivery;
}

/** By which name a gateway was called, where it was a custom one: the mapping has chosen stage and path. */
export interface Mapped {
  readonly stage: string;
  /** What is left of the path after the mapping's base path. */
  readonly path: string;
}

/** What one kind of gateway does with a call. */
export type Front<V> = (ground: Ground, view: V, call: GatewayCall, mapped: Mapped | undefined) => Journey;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Characters that one chance yields. */
const AT_ONCE = 5;

/**
 * The ID that a gateway gives a call: `Mc7UVioPPHcEKPA=`, 15 characters and an equals sign. HTTP APIs send it as
 * `Apigw-Requestid`, REST APIs as `x-amz-apigw-id` [M].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html
 */
export function callId(random: () => number): string {
  return `${letters(random)}${letters(random)}${letters(random)}=`;
}

function letters(random: () => number): string {
  let bits = Math.floor(random() * 64 ** AT_ONCE);
  let text = '';
  for (let index = 0; index < AT_ONCE; index += 1) {
    text += ALPHABET[bits & 63];
    bits >>>= 6;
  }
  return text;
}

/**
 * The ID of a trace: `1-`, the second, and 24 hex digits. The header has it as `Root=<ID>`.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceId(now: number, random: () => number): string {
  const word = (): string => hexWord(Math.floor(random() * 0x1_0000_0000));
  return `1-${Math.floor(now / 1000).toString(16)}-${word()}${word()}${word()}`;
}

/** A request's path and its query string without the question mark. */
export interface RequestTarget {
  readonly path: string;
  readonly query: string;
}

/** `/orders?full=true` → `/orders` and `full=true`. */
export function splitTarget(target: string): RequestTarget {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The other way round. */
export function joinTarget({ path, query }: RequestTarget): string {
  return query === '' ? path : `${path}?${query}`;
}

/** The text of an escaped part of a URL; unchanged where an escape is not valid. */
export function unescaped(text: string): string {
  if (!text.includes('%')) return text;

  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The largest body of a request or an answer, in bytes: 10 MB, of HTTP and REST APIs. That it is 10 × 1024 × 1024 is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const LARGEST_PAYLOAD = 10 * 1024 * 1024;

/** Bytes of a body. */
export function lengthOf(body: string | Uint8Array): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}
