import type { Received } from './received.js';
import type { Parameters, Service, Location, ParameterPlace } from './parameters.js';
import { ownValue } from '../../../simulation/own-value.js';
import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import { FORM } from '../../traffic/signed-text.js';

/** A call whose API is known. */
type AddressedCall = Pick<Received, 'call' | 'match' | 'requestId' | 'trace' | 'arrivedAt' | 'app' | 'added'>;

/** What a backend gets of a call. */
export interface RequestToBackend {
  /** With its query string; what comes before it is the backend's own. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/**
 * The request to the backend, by the mappings of the API: parameters that have another name or place there, defaults, constants and system
 * parameters. `/svc/[id]` is filled with path parameters, `/svc/*` with what the caller's path has below.
 * @returns why it cannot be made, where a parameter goes into a body that is not a form
 */
export function requestToBackend(received: AddressedCall): RequestToBackend | { readonly notSimulated: string } {
  const { call, match } = received;
  const { service } = match.route;
  const { parameters } = service;
  const sent = new SentParameters(call, match.values, parameters.isStream);
  const lost = mapped(sent, parameters) ?? addedTo(sent, received);
  if (lost !== undefined) return { notSimulated: `Parameter ${lost} in a body that is not a form is not simulated.` };

  const mark = call.path.indexOf('?');
  const path = filled(service, sent.path, match.rest) ?? (mark < 0 ? call.path : call.path.slice(0, mark));
  const { query, headers, changedForm } = sent;
  const body = changedForm === undefined ? call.body : Buffer.from(changedForm);
  return { path: query === '' ? path : `${path}?${query}`, headers, body };
}

/** @returns the name of a parameter that has no place */
function mapped(sent: SentParameters, { declared, isFiltered }: Parameters): string | undefined {
  const given = declared.map((parameter) => ({ parameter, values: sent.get(parameter) }));
  if (isFiltered) {
    const names = new Set(declared.filter(({ location }) => location === 'QUERY').map(({ name }) => name));
    sent.keep('QUERY', (name) => names.has(name));
  }
  for (const { parameter } of given) if (parameter.to) sent.remove(parameter);
  for (const { parameter, values } of given) {
    const { name, location, to, defaultValue } = parameter;
    const isGiven = values.length > 0;
    if ((!isGiven && defaultValue === '') || (isGiven && !to)) continue;

    if (isGiven && location === 'PATH' && to?.location === 'PATH') sent.renameInPath(name, to.name);
    else if (!sent.put(to ?? parameter, isGiven ? values : [defaultValue])) return name;
  }
  return undefined;
}

/** @returns the name of a parameter that has no place */
function addedTo(sent: SentParameters, received: AddressedCall): string | undefined {
  const { constants, system } = received.match.route.service.parameters;
  const values = systemValues(received);
  for (const place of [...constants, ...received.added]) if (!sent.put(place, [place.value])) return place.name;
  for (const place of system) {
    const value = ownValue(values, place.value);
    if (value !== undefined && !sent.put(place, [value])) return place.name;
  }
  return undefined;
}

/**
 * The system parameters, by name; one that a call does not have is not sent. The form of the time is [U].
 * @see https://www.alibabacloud.com/help/doc-detail/43677.html
 */
const SYSTEM_PARAMETERS = [
  'CaClientIp',
  'CaClientUa',
  'CaDomain',
  'CaRequestHandleTime',
  'CaAppId',
  'CaAppKey',
  'CaRequestId',
  'CaApiName',
  'CaHttpSchema',
  'CaProxy',
  'CaStage',
] as const;

function systemValues({
  call,
  requestId,
  arrivedAt,
  trace,
  match,
  app,
}: AddressedCall): Readonly<Record<string, string | undefined>> {
  const values: Record<(typeof SYSTEM_PARAMETERS)[number], string | undefined> = {
    CaClientIp: call.sourceIp,
    CaClientUa: call.headers['user-agent'],
    CaDomain: call.host,
    CaRequestHandleTime: new Date(arrivedAt).toISOString(),
    CaAppId: app && String(app.AppId),
    CaAppKey: app?.key,
    CaRequestId: requestId,
    CaApiName: match.route.published.version.definition.name,
    CaHttpSchema: call.headers['x-postern-protocol']?.toLowerCase() ?? 'http',
    CaProxy: 'AliCloudApiGateway',
    CaStage: trace.stage,
  };
  return values;
}

/** A system parameter of an API that is not simulated. */
export function unknownSystemParameter({ system }: Parameters): string | undefined {
  const known: readonly string[] = SYSTEM_PARAMETERS;
  return system.find(({ value }) => !known.includes(value))?.value;
}

function filled({ path }: Service, values: ReadonlyMap<string, string>, rest: string): string | undefined {
  if (!path) return undefined;

  let own = '';
  for (const [index, part] of path.entries()) own += index % 2 === 0 ? part : (values.get(part) ?? '');
  return own.endsWith('/*') ? `${own.slice(0, -1)}${rest}` : own;
}

/** The parameters of a request, in their places; they are read, removed and added as those of the backend's request. */
export class SentParameters {
  readonly headers: Record<string, string> = {};
  #query: readonly string[];
  readonly #path: Map<string, string>;
  readonly #body: Uint8Array;
  readonly #isForm: boolean;
  #form: readonly string[] | undefined;
  #isChangedForm = false;

  /** @param pathValues the parameters in the path, as they are in it */
  constructor(
    { headers, path, body }: Pick<GatewayCall, 'headers' | 'path' | 'body'>,
    pathValues: ReadonlyMap<string, string>,
    isStream: boolean,
  ) {
    for (const name in headers) this.headers[name] = headers[name] ?? '';
    const mark = path.indexOf('?');
    this.#query = mark < 0 ? [] : pairsOf(path.slice(mark + 1));
    this.#path = new Map(pathValues);
    this.#body = body;
    this.#isForm = !isStream && (body.length === 0 || (headers['content-type'] ?? '').startsWith(FORM));
  }

  /** Path parameters by name, as they are in the path. */
  get path(): ReadonlyMap<string, string> {
    return this.#path;
  }

  get query(): string {
    return this.#query.join('&');
  }

  /** The body of a form that was changed; undefined where it is the caller's. */
  get changedForm(): string | undefined {
    return this.#isChangedForm ? this.#fields().join('&') : undefined;
  }

  /** The values of a parameter, without their encoding; none where the request does not have it. */
  get({ location, name }: ParameterPlace): readonly string[] {
    if (location === 'HEAD') return oneOf(ownValue(this.headers, name.toLowerCase()));
    if (location === 'PATH') return oneOf(this.#path.get(name)).map(decoded);

    const pairs = this.#pairs(location).filter((one) => nameOf(one) === name);
    return pairs.map((pair) => decoded(pair.slice(pair.indexOf('=') + 1).replaceAll('+', ' ')));
  }

  remove({ location, name }: ParameterPlace): void {
    if (location === 'HEAD') delete this.headers[name.toLowerCase()];
    if (location === 'QUERY' || location === 'BODY') this.keep(location, (one) => one !== name);
  }

  /** @returns false where the request has no such place: the body is not a form */
  put({ location, name }: ParameterPlace, values: readonly string[]): boolean {
    const pairs = values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    if (location === 'HEAD') this.headers[name.toLowerCase()] = values.join(',');
    else if (location === 'PATH') this.#path.set(name, encodeURIComponent(values[0] ?? ''));
    else if (location === 'QUERY') this.#query = [...this.#query, ...pairs];
    else if (!this.#isForm) return false;
    else {
      this.#setForm([...this.#fields(), ...pairs]);
      this.headers['content-type'] ??= FORM;
    }
    return true;
  }

  /** Another name for a parameter of the path, whose encoding stays. */
  renameInPath(name: string, to: string): void {
    this.#path.set(to, this.#path.get(name) ?? '');
  }

  /** Drops the parameters of the query string, or of a form, that have another name. */
  keep(location: 'QUERY' | 'BODY', isKept: (name: string) => boolean): void {
    const before = this.#pairs(location);
    const kept = before.filter((pair) => isKept(nameOf(pair)));
    if (location === 'QUERY') this.#query = kept;
    else if (kept.length < before.length) this.#setForm(kept);
  }

  #setForm(pairs: readonly string[]): void {
    this.#form = pairs;
    this.#isChangedForm = true;
  }

  #fields(): readonly string[] {
    return (this.#form ??= this.#isForm ? pairsOf(Buffer.from(this.#body).toString('utf8')) : []);
  }

  #pairs(location: Location): readonly string[] {
    return location === 'QUERY' ? this.#query : this.#fields();
  }
}

const pairsOf = (text: string): readonly string[] => (text === '' ? [] : text.split('&'));

const oneOf = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

const nameOf = (pair: string): string => decoded((pair.split('=', 1)[0] ?? '').replaceAll('+', ' '));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
