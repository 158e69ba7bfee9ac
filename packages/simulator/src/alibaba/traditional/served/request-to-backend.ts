import type { Received } from './received.js';
import { SentParameters } from './sent-parameters.js';
import type { Parameters } from './parameters.js';
import type { Service } from './service.js';
import { ownValue } from '../../../simulation/own-value.js';

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
