import { LIMITS } from './limits.js';
import { ACTIONS, stateOf, type Sample, type State } from './state.js';

/** A link to the page: `#v1=` and a JSON text, deflated, in base64url. It has only what differs from the sample. */
const VERSION = 'v1';

/** The longest hash that is read, in characters. Some programs cut longer addresses. */
export const MOST_HASH = 64 * 1024;
/** The longest text that a hash may inflate to, in bytes. */
export const MOST_INFLATED = 256 * 1024;

/** Members that are written where they differ from the sample's. */
const MEMBERS = ['action', 'spec', 'snapshot', 'blocks', 'pool', 'bits'] as const;

/** Why a hash is not read; `message` is one sentence for the page. */
export class HashError extends Error {}

/** The hash of a state, with `#`. Undefined where the state is too large for a link. */
export async function encodeHash(state: State, samples: readonly Sample[]): Promise<string | undefined> {
  const base = baseOf(state.sample, samples);
  const changed = MEMBERS.filter((name) => state[name] !== base?.[name]);
  const text = JSON.stringify(
    Object.fromEntries([['sample', state.sample], ...changed.map((name) => [name, state[name]])]),
  );
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MOST_INFLATED) return undefined;
  const deflated = await collect(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  const hash = `#${VERSION}=${base64url(deflated)}`;
  return hash.length > MOST_HASH ? undefined : hash;
}

/**
 * The state of a hash; undefined where it is not one of the playground, such as `#limits`. Nothing of it is evaluated or loaded.
 * @throws {HashError} for one that is too long, damaged, of another version, or whose text inflates to more than 256 kB.
 */
export async function decodeHash(hash: string, samples: readonly Sample[]): Promise<State | undefined> {
  const [, version, packed] = /^#(v\d{1,9})=(.*)$/s.exec(hash) ?? [];
  if (version === undefined || packed === undefined) return undefined;
  if (version !== VERSION) throw new HashError(`The link is of version ${version}, and this page reads ${VERSION}.`);
  if (hash.length > MOST_HASH) throw new HashError('The link is longer than the playground reads.');
  const bytes = await inflate(bytesOf(packed));
  return stateIn(jsonIn(bytes), samples);
}

function baseOf(id: string, samples: readonly Sample[]): State | undefined {
  const sample = samples.find((one) => one.id === id);
  return sample && stateOf(sample);
}

/** Stops at the limit, so that a small text that inflates to gigabytes takes neither memory nor time. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  try {
    return await collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')), MOST_INFLATED);
  } catch (error) {
    if (error instanceof HashError) throw error;
    throw damaged();
  }
}

async function collect(stream: ReadableStream<Uint8Array>, most = Infinity): Promise<Uint8Array> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      void reader.cancel().catch(() => undefined);
      throw new HashError(`The link holds more than ${most / 1024} kB of text, which the playground does not read.`);
    }
    parts.push(part.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged();
  }
}

/** Members of the expected form only; what is missing is that of the sample. */
function stateIn(value: unknown, samples: readonly Sample[]): State {
  if (typeof value !== 'object' || value === null) throw damaged();
  const given = new Map(Object.entries(value));
  const [first] = samples;
  const sample = given.get('sample');
  const base = (typeof sample === 'string' ? baseOf(sample, samples) : undefined) ?? (first && stateOf(first));
  if (base === undefined) throw damaged();
  const read = { ...base };
  for (const name of MEMBERS) {
    const text: unknown = given.get(name);
    if (text === undefined) continue;
    if (typeof text !== 'string' || text.length > LIMITS.snapshot) throw damaged();
    if (name !== 'action') read[name] = text;
    else read.action = ACTIONS.find((one) => one === text) ?? base.action;
  }
  return read;
}

function damaged(): HashError {
  return new HashError('The link is damaged or incomplete.');
}

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCodePoint(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(text)) throw damaged();
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.codePointAt(0) ?? 0);
  } catch {
    throw damaged();
  }
}
