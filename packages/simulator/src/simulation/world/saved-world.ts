import type { Timer } from '../time/time.js';
import { idsIn } from './ids-in.js';
import type { World } from './world.js';

/** Keys of values that JSON does not have. A record with such a key is written as an escaped one. */
const MAP = '$map';
const DATE = '$date';
const BYTES = '$bytes';
const RECORD = '$record';

/** Writes maps, dates and bytes as plain JSON, at any depth. `undefined` members are left out. */
function encodeState(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encodeState);
  if (value instanceof Map) return { [MAP]: [...value].map(([key, item]) => [encodeState(key), encodeState(item)]) };
  if (value instanceof Set) throw new TypeError('State is made of maps and rows; a Set is neither.');
  if (value instanceof Date) return { [DATE]: value.getTime() };
  if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString('base64') };

  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.some(([key]) => key.startsWith('$') || key === '__proto__')) {
    return { [RECORD]: entries.map(([key, item]) => [key, encodeState(item)]) };
  }

  return Object.fromEntries(entries.map(([key, item]) => [key, encodeState(item)]));
}

/** Reads what {@link encodeState} wrote. */
function decodeState(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decodeState);

  const row = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(row);
  if (keys.some(isSpecial)) return decodeSpecial(row);

  const plain: Record<string, unknown> = {};
  for (const key of keys) plain[key] = decodeState(row[key]);
  return plain;
}

/** Most rows are plain. */
const isSpecial = (key: string): boolean => key.startsWith('$') || key === '__proto__';

function decodeSpecial(row: Readonly<Record<string, unknown>>): unknown {
  if (MAP in row) return new Map(pairs(row[MAP]).map(([key, item]) => [decodeState(key), decodeState(item)]));
  if (DATE in row) return new Date(Number(row[DATE]));
  if (BYTES in row) return new Uint8Array(Buffer.from(String(row[BYTES]), 'base64'));
  if (RECORD in row) return fromEntries(pairs(row[RECORD]).map(([key, item]) => [String(key), decodeState(item)]));

  return fromEntries(Object.entries(row).map(([key, item]) => [key, decodeState(item)]));
}

function pairs(value: unknown): (readonly [unknown, unknown])[] {
  if (!Array.isArray(value)) throw new TypeError('The world is damaged: a list of pairs was expected.');

  return value.map((pair: unknown) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError('The world is damaged: a pair was expected.');

    return [pair[0], pair[1]] as const;
  });
}

/** `Object.fromEntries` defines own members, `__proto__` too. */
const fromEntries = (entries: [string, unknown][]): Record<string, unknown> => Object.fromEntries(entries);

/** Changes when older worlds can no longer be read. 2: rows have the names of the clouds. */
const VERSION = 2;

/** A world as JSON: the response of `GET /_postern/world`, and the body of `POST`. */
export interface SavedWorld {
  readonly kind: 'postern-world';
  readonly version: 2;
  /** Simulated time, ISO 8601. */
  readonly now: string;
  /** States of the two seeded streams. */
  readonly ids: readonly number[];
  readonly chances: readonly number[];
  readonly timers: readonly Timer[];
  /** Each cloud's state, by name; maps and dates encoded. */
  readonly clouds: Readonly<Record<string, unknown>>;
}

/** Saves everything except the journal and the faults. */
export function saveWorld(world: World): SavedWorld {
  world.settle();
  return {
    kind: 'postern-world',
    version: VERSION,
    now: new Date(world.now()).toISOString(),
    ids: world.ids.save(),
    chances: world.chances.save(),
    timers: world.timers.save(),
    clouds: Object.fromEntries(world.clouds.map((cloud) => [cloud.name, encodeState(cloud.save())])),
  };
}

/** Replaces a world by a saved one, in which no call was counted. @throws {TypeError} when it is none, or of another version; nothing has changed then. */
export function loadWorld(world: World, value: unknown): void {
  const saved = checked(value);
  const states = world.clouds.map((cloud) => {
    const state = Object.hasOwn(saved.clouds, cloud.name) ? decodeState(saved.clouds[cloud.name]) : undefined;
    if (state !== undefined) cloud.check(state);
    return state;
  });
  world.time.set(Date.parse(saved.now));
  world.ids.load(saved.ids);
  // Its ids may follow from the seed of a snapshot that is in it.
  world.ids.take(idsIn(saved.clouds));
  world.chances.load(saved.chances);
  world.timers.load(saved.timers);
  world.traffic.figures.reset();
  world.clouds.forEach((cloud, index) => {
    if (states[index] === undefined) cloud.reset();
    else cloud.load(states[index]);
  });
}

function checked(value: unknown): SavedWorld {
  const saved = value as Partial<SavedWorld> | null;
  if (typeof saved !== 'object' || saved === null || saved.kind !== 'postern-world') {
    throw new TypeError('This is no saved world: its kind is not "postern-world".');
  }
  if (saved.version !== VERSION)
    throw new TypeError(
      `This world is of version ${String(saved.version)}; version ${VERSION} is read. Build it again, and save it.`,
    );
  if (Number.isNaN(Date.parse(String(saved.now)))) throw new TypeError('The world has no time: "now".');
  if (!isNumbers(saved.ids) || !isNumbers(saved.chances))
    throw new TypeError('The world has no seeds: "ids", "chances".');
  if (!Array.isArray(saved.timers) || !saved.timers.every(isTimer))
    throw new TypeError('The world has no list of timers.');
  if (typeof saved.clouds !== 'object' || saved.clouds === null) throw new TypeError('The world has no clouds.');

  return saved as SavedWorld;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

function isTimer(value: unknown): value is Timer {
  const timer = value as Partial<Timer> | null;
  return (
    typeof timer === 'object' &&
    timer !== null &&
    typeof timer.at === 'number' &&
    typeof timer.sequence === 'number' &&
    [timer.cloud, timer.region, timer.kind].every((text) => typeof text === 'string') &&
    typeof timer.data === 'object' &&
    timer.data !== null
  );
}
