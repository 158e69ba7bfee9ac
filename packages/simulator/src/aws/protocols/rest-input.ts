import { words, type ServiceWords } from '../operation/words.js';
import type { WireRequest } from '../../simulation/wire.js';
import type { AnyOperation } from '../operation/operation.js';
import type { Convert, JsonCodec } from './json-codec.js';
import { Mismatch, within } from './protocol.js';
import type { RouteMatch } from './rest-routes.js';
import type { Member, OperationModel, Shape } from './shapes.js';
import { readTimestamp } from './query-codec.js';

/** Deeper JSON than any schema has; a nest of brackets is refused before it is parsed. */
const DEEPEST = 64;

/** Parses a JSON body; `undefined` when there is none. @throws {ServiceError} `say.malformed` */
export function parseBody(body: Buffer, say: ServiceWords): unknown {
  if (body.length === 0) return undefined;

  const text = body.toString('utf8');
  if (nesting(text) > DEEPEST) throw say.malformed('The request body is nested too deeply.');

  try {
    return JSON.parse(text);
  } catch (error) {
    throw say.malformed(`The request body is not valid JSON: ${(error as Error).message}`);
  }
}

/** How deep brackets nest, strings left out: one pass, no recursion. */
function nesting(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

/** A request, and the operation that its method and path name. */
export interface RestSource {
  readonly request: WireRequest;
  readonly match: RouteMatch;
}

type ParseBody = typeof parseBody;

/** The places of one operation's input in a request. */
export interface InputBinding {
  readonly labels: readonly string[];
  readonly queries: ReadonlyMap<
    string,
    { readonly name: string; readonly read: (values: readonly string[]) => unknown }
  >;
  /** The members that are headers, by the header's name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Convert;
  /** The body's text as `body` takes it; `undefined` when it is empty. */
  readonly parse: ParseBody;
  /** The member that is the whole body, as bytes. */
  readonly payload: string | undefined;
  /** The map that takes the keys of the query that no other member has. */
  readonly otherQueries: string | undefined;
  /** The keys of the query that are part of the operation's path. */
  readonly fixedQueries: ReadonlySet<string>;
  readonly required: readonly string[];
}

/**
 * Finds the places of an input's members.
 * @throws {TypeError} for a member in a place that no simulated service uses
 */
export function bindInput(
  codec: Pick<JsonCodec, 'partialReader'>,
  { input, traits }: OperationModel,
  parse: ParseBody = parseBody,
): InputBinding {
  const labels = input.members.filter((member) => member.traits.httpLabel);
  const queries = input.members.filter((member) => member.traits.httpQuery !== undefined);
  const payload = input.members.find((member) => member.traits.httpPayload);
  const otherQueries = input.members.find((member) => member.traits.httpQueryParams);
  const headers = input.members.filter((member) => member.traits.httpHeader !== undefined);
  const placed = new Set([...labels, ...queries, ...headers, payload, otherQueries]);
  const body = input.members.filter((member) => !placed.has(member));
  const odd = input.members.find(
    (member) =>
      (headers.includes(member) && member.shape.kind !== 'string') ||
      (member === payload && member.shape.kind !== 'blob'),
  );
  if (odd) throw new TypeError(`${traits.http?.join(' ')}: member ${odd.name} lies where this codec does not look.`);

  return {
    labels: labels.map(({ name }) => name),
    queries: new Map(
      queries.map(({ name, shape, traits: { httpQuery = name } }) => [httpQuery, { name, read: queryReader(shape) }]),
    ),
    headers: new Map(headers.map(({ name, traits: { httpHeader = name } }) => [httpHeader.toLowerCase(), name])),
    body: codec.partialReader(input, body.map(optional)),
    parse,
    payload: payload?.name,
    otherQueries: otherQueries?.name,
    fixedQueries: new Set(new URLSearchParams(traits.http?.[1]?.split('?')[1] ?? '').keys()),
    required: input.members.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** Members are missed once, over the whole request. */
function optional(member: Member): Member {
  return { name: member.name, traits: member.traits, required: false, shape: member.shape };
}

/** Reads an input. @throws {Mismatch} where the request does not fit the schema */
export function decodeInput(operation: AnyOperation, binding: InputBinding, { request, match }: RestSource): unknown {
  const input = bodyOf(operation, binding, request);
  for (const name of binding.labels) input[name] = match.labels[name];
  for (const [header, name] of binding.headers)
    if (request.headers[header] !== undefined) input[name] = request.headers[header];
  const others: Record<string, string> = {};
  for (const [key, values] of queryOf(request)) {
    if (binding.fixedQueries.has(key)) continue;

    const member = binding.queries.get(key);
    if (!member) {
      if (binding.otherQueries === undefined) throw new Mismatch('unknown', key);

      others[key] = values[0] ?? '';
      continue;
    }

    input[member.name] = within(member.name, () => member.read(values));
  }
  if (binding.otherQueries !== undefined && Object.keys(others).length > 0) input[binding.otherQueries] = others;
  for (const name of binding.required) if (input[name] === undefined) throw new Mismatch('missing', name);
  return input;
}

function bodyOf(operation: AnyOperation, binding: InputBinding, { body }: WireRequest): Record<string, unknown> {
  if (binding.payload !== undefined) {
    // No body and an empty one are the same on the wire: the SDK sends an empty one for a required member.
    const absent = body.length === 0 && !binding.required.includes(binding.payload);
    return absent ? {} : { [binding.payload]: new Uint8Array(body) };
  }

  const parsed = binding.parse(body, words(operation.service));
  return (parsed === undefined ? {} : binding.body(parsed)) as Record<string, unknown>;
}

/** The query's values by key, without the values that presigning added. */
function queryOf({ query }: WireRequest): Map<string, string[]> {
  const values = new Map<string, string[]>();
  if (query === '') return values;

  for (const [key, value] of new URLSearchParams(query)) {
    if (/^X-Amz-/i.test(key)) continue;

    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  }
  return values;
}

function queryReader(shape: Shape): (values: readonly string[]) => unknown {
  if (shape.kind === 'list') {
    const item = textReader(shape.item.shape);
    return (values) => values.map(item);
  }

  const read = textReader(shape);
  return ([value = '', ...more]) => {
    if (more.length > 0) throw new Mismatch('type', '', [value, ...more], 'a single value');

    return read(value);
  };
}

function textReader({ kind }: Shape): (text: string) => unknown {
  switch (kind) {
    case 'string':
      return (text) => text;
    case 'number':
      return (text) => {
        if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) throw new Mismatch('type', '', text, 'Number');

        return Number(text);
      };
    case 'boolean':
      return (text) => {
        if (text !== 'true' && text !== 'false') throw new Mismatch('type', '', text, 'Boolean');

        return text === 'true';
      };
    case 'timestamp':
      return (text) => readTimestamp(text, 'date-time');
    default:
      throw new TypeError(`A ${kind} cannot stand in a query string.`);
  }
}
