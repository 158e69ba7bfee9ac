import { plantIn } from '../dispatch/plant-in.js';
import type { World } from '../world/world.js';
import { FAULT_KINDS, type FaultRule } from '../world/faults.js';
import type { JournalPage } from '../world/journal.js';
import { loadWorld, saveWorld } from '../world/saved-world.js';
import { TRAFFIC_CONTROLS, ControlError } from './traffic-control.js';
import type { WireAnswer, WireRequest } from '../wire.js';
import { ownValue } from '../own-value.js';

/**
 * `POST /_postern/plant` `{ "region": "eu-west-1", "kind": "target-health", … }` answers `{ "id" }`. The cloud
 * that has the region judges the rest.
 */
function plantOne(world: World, body: unknown): { readonly id: string } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ControlError(400, 'The body is an object with "region" and "kind".');
  }

  const { region, ...planted } = body as Readonly<Record<string, unknown>>;
  if (typeof region !== 'string') throw new ControlError(400, '"region" is a string, such as "eu-west-1".');

  world.settle();
  const id = plantIn(world.clouds, region, planted);
  if (id !== undefined) return { id };

  throw new ControlError(
    400,
    `${JSON.stringify(region.slice(0, 64))} is not a region in which something can be planted.`,
  );
}

const PREFIX = '/_postern/';

type Control = (world: World, body: unknown, id: string, query: string) => unknown;

/** The control paths: JSON in and out, never in the journal. */
const CONTROLS: Readonly<Record<string, Control>> = {
  'GET health': (world) => ({ status: 'ready', clouds: world.clouds.map(({ name }) => name) }),
  'GET clock': clock,
  'POST advance': async (world, body) => {
    await world.advance(msOf(body));
    return clock(world);
  },
  /** Answers when that much simulated time has passed: a client of this process waits with it as callers inside do. */
  'POST sleep': async (world, body) => {
    await world.sleep(msOf(body));
    return clock(world);
  },
  /** `?after=<sequence>&limit=<n>`: a page. */
  'GET journal': journalPage,
  'POST reset': (world) => {
    world.reset();
    return {};
  },
  'GET faults': (world) => ({ faults: world.faults.list() }),
  'POST faults': (world, body) => {
    const rules = faultsOf(body);
    for (const rule of rules) world.faults.add(rule);
    return { faults: world.faults.list() };
  },
  'DELETE faults': (world) => {
    world.faults.clear();
    return { faults: [] };
  },
  'GET world': saveWorld,
  'POST world': (world, body) => {
    loadWorld(world, body);
    return {};
  },
  'POST plant': plantOne,
  ...TRAFFIC_CONTROLS,
};

/** Whether a request is for the simulation itself. */
export function isControl({ path }: Pick<WireRequest, 'path'>): boolean {
  return path.startsWith(PREFIX);
}

/** Answers a control call; what is wrong with it is a 4xx. */
export async function controlAnswer(world: World, request: WireRequest): Promise<WireAnswer> {
  try {
    const { run, id } = control(request);
    return json(200, await run(world, bodyOf(request), id, request.query));
  } catch (error) {
    if (error instanceof ControlError) return json(error.status, { code: 'BadControlCall', message: error.message });
    if (error instanceof TypeError || error instanceof RangeError) {
      return json(400, { code: 'BadControlCall', message: error.message });
    }

    throw error;
  }
}

/** The control of a path; what follows a slash is an ID. */
function control({ method, path }: WireRequest): { readonly run: Control; readonly id: string } {
  const [first = '', id] = path.slice(PREFIX.length).split(/\/(.*)/s);
  const name = id === undefined ? first : `${first}/*`;
  const run = ownValue(CONTROLS, `${method} ${name}`);
  if (run) return { run, id: id ?? '' };

  const other = Object.keys(CONTROLS).filter((key) => key.endsWith(` ${name}`));
  if (other.length > 0)
    throw new ControlError(405, `${path} takes ${other.map((key) => key.split(' ')[0]).join(' and ')}.`);

  throw new ControlError(404, `There is no control path ${path}.`);
}

function bodyOf({ body, method }: WireRequest): unknown {
  if (method === 'GET' || body.length === 0) return {};

  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new ControlError(400, 'The body is no JSON.');
  }
}

function clock(world: World): { now: number; speed: number; auto?: true } {
  return { now: world.now(), speed: world.time.speed, ...(world.time.mode === 'auto' ? { auto: true } : {}) };
}

function msOf(body: unknown): number {
  const ms = (body as { ms?: unknown } | null)?.ms;
  if (typeof ms !== 'number' || !(ms >= 0) || !Number.isFinite(ms))
    throw new ControlError(400, '"ms" is a number ≥ 0.');

  return ms;
}

function journalPage({ journal }: World, _body: unknown, _id: string, query: string): JournalPage {
  const given = new URLSearchParams(query);
  const whole = (name: string, least: number): number | undefined => {
    const text = given.get(name);
    if (text === null) return undefined;
    if (/^\d{1,15}$/.test(text) && Number(text) >= least) return Number(text);

    throw new ControlError(400, `"${name}" is a whole number ≥ ${least}.`);
  };
  const unknown = [...given.keys()].find((name) => name !== 'after' && name !== 'limit');
  if (unknown !== undefined) throw new ControlError(400, `The journal has no "${unknown}"; it has after, limit.`);

  return journal.page(whole('after', 0), whole('limit', 1));
}

const TEXTS = ['service', 'operation', 'code', 'message'] as const;
const NUMBERS = ['after', 'times', 'probability', 'ms', 'leastMs', 'status'] as const;

/** One rule, or `{ faults: [rule, …] }`, which replaces none. */
function faultsOf(body: unknown): FaultRule[] {
  const list = (body as { faults?: unknown } | null)?.faults;
  return Array.isArray(list) ? list.map(faultOf) : [faultOf(body)];
}

function faultOf(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null) throw new ControlError(400, 'A fault is an object.');

  const rule = value as Readonly<Record<string, unknown>>;
  const known: readonly string[] = ['kind', ...TEXTS, ...NUMBERS];
  const unknown = Object.keys(rule).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new ControlError(400, `A fault has no "${unknown}"; it has ${known.join(', ')}.`);
  if (!FAULT_KINDS.some((kind) => kind === rule['kind'])) {
    throw new ControlError(400, `A fault's "kind" is one of ${FAULT_KINDS.join(', ')}.`);
  }

  const text = TEXTS.find((key) => rule[key] !== undefined && typeof rule[key] !== 'string');
  if (text !== undefined) throw new ControlError(400, `A fault's "${text}" is a string.`);

  const number = NUMBERS.find((key) => rule[key] !== undefined && !(typeof rule[key] === 'number' && rule[key] >= 0));
  if (number !== undefined) throw new ControlError(400, `A fault's "${number}" is a number ≥ 0.`);

  return value as FaultRule;
}

function json(status: number, body: unknown): WireAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
