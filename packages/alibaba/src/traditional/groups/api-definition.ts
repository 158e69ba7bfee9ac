import type { Owner, Target } from '@postern/core';
import {
  FORMER,
  formatMark,
  hashJson,
  isPosternError,
  markHash,
  parseMark,
  UnsupportedError,
  type Json,
  type RouteCall,
} from '@postern/core/adapter';
import { apiName, toApiPath } from './route-guards.js';
import { isPlainId } from '../../cloud/target-ref.js';

/** The parameters of CreateApi and ModifyApi that define an API. Structures are JSON texts. */
export interface ApiDefinition {
  readonly ApiName: string;
  readonly Description: string;
  readonly RequestConfig: string;
  readonly ServiceConfig: string;
  readonly RequestParameters: string;
  readonly ServiceParameters: string;
  readonly ServiceParametersMap: string;
}

/** What else a created API has: plug-ins control who may call it, and it is not offered on a market. */
export const AS_CREATED = { Visibility: 'PRIVATE', AuthType: 'ANONYMOUS' } as const;

/** The timeout of a backend, in milliseconds. The service accepts up to 30 s, and uses 10 s by default. */
const SERVICE_TIMEOUT_MS = 10_000;
/** https://help.aliyun.com/document_detail/43604.html: a description has up to 180 characters. */
const DESCRIPTION = 180;

type DefinedRoute = Pick<RouteCall, 'gatewayId' | 'owner' | 'key' | 'use'>;

/**
 * The API that a route is: its request as in the key, its backend the target. With `overwrite` the backend gets the path of the
 * request as it is, the group's base path before it; with `keep` the service's own behavior is left, which sends no path
 * of its own. @throws {InvalidInputError} `INVALID_INPUT`. {UnsupportedError} for a server name without an authorization.
 */
export function apiDefinition(request: DefinedRoute, basePath: string): ApiDefinition {
  const { method, path, parameters } = toApiPath(request.key);
  const { target, tls, path: mode } = request.use;
  const scheme = tls === undefined ? 'HTTP' : 'HTTPS';
  const located = parameters.map((name) => ({ name, Location: 'PATH', ParameterType: 'STRING' }));
  const definition = {
    ApiName: apiName(request.key),
    RequestConfig: {
      RequestProtocol: 'HTTP,HTTPS',
      RequestHttpMethod: method,
      RequestPath: path,
      // All other parts of a request are passed through.
      RequestMode: parameters.length > 0 ? 'MAPPING_PASSTHROUGH' : 'PASSTHROUGH',
    },
    ServiceConfig: {
      ServiceProtocol: 'HTTP',
      ...backend(target, scheme, tls?.serverName),
      ServiceHttpMethod: method,
      ...(mode === 'keep' ? {} : { ServicePath: joined(basePath, path) }),
      ServiceTimeout: SERVICE_TIMEOUT_MS,
      Mock: 'FALSE',
    },
    RequestParameters: located.map(({ name, ...rest }) => ({ ApiParameterName: name, Required: 'REQUIRED', ...rest })),
    ServiceParameters: located.map(({ name, ...rest }) => ({ ServiceParameterName: name, ...rest })),
    ServiceParametersMap: parameters.map((name) => ({ ServiceParameterName: name, RequestParameterName: name })),
  };
  // The name that the certificate must match is set on the authorization. It counts as a change of the API,
  // too.
  const hash = hashJson({ ...definition, serverName: tls?.serverName ?? null }).slice(0, 8);
  return {
    ApiName: definition.ApiName,
    Description: description(request, hash),
    RequestConfig: JSON.stringify(definition.RequestConfig),
    ServiceConfig: JSON.stringify(definition.ServiceConfig),
    RequestParameters: JSON.stringify(definition.RequestParameters),
    ServiceParameters: JSON.stringify(definition.ServiceParameters),
    ServiceParametersMap: JSON.stringify(definition.ServiceParametersMap),
  };
}

/** As {@link apiDefinition}; undefined where no route can be so. */
export function sentDefinition(request: DefinedRoute, basePath: string): ApiDefinition | undefined {
  try {
    return apiDefinition(request, basePath);
  } catch (error) {
    if (isPosternError(error)) return undefined;
    throw error;
  }
}

/** The backend of an API: an authorization, or an address. */
export function backend(target: Target, scheme: string, serverName: string | undefined): object {
  if (!isPlainId(target.id)) return { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: target.id, VpcScheme: scheme } };
  if (serverName !== undefined && serverName !== '') {
    throw new UnsupportedError(`an address (${target.id}) cannot have a server name`, {
      remedy: 'Name the ECS or CLB instance behind it, or remove tls.serverName.',
    });
  }
  return { ServiceVpcEnable: 'FALSE', ServiceAddress: `${scheme.toLowerCase()}://${target.id}` };
}

/**
 * The mark, a hash that binds it to this API, one of the definition, and the key:
 * `postern:shop/orders/backend #5e6f7a8b.1a2b3c4d ANY /orders/{proxy+}`. The longest marks leave room for shorter hashes only.
 * Behind the mark of an adopted API is the description that it had.
 * @throws {UnsupportedError} where that leaves no room for the mark
 */
export function description(
  { gatewayId, owner, key }: Pick<RouteCall, 'gatewayId' | 'owner' | 'key'>,
  hash: string,
  former?: string,
): string {
  const { project, spec, integration } = owner;
  const { method, path } = toApiPath(key);
  const bound = markHash(owner, identityOf(gatewayId, method, path));
  const marks = [formatMark(bare(owner)), formatMark({ project, spec, integration })];
  const texts = [
    ...marks.flatMap((mark) => [`${mark} #${bound}.${hash} ${key}`, `${mark} #${bound}.${hash}`]),
    `${marks[1]} #${bound.slice(0, 4)}.${hash.slice(0, 5)}`,
  ].map((text) => (former === undefined ? text : `${text}${FORMER}${former}`.trimEnd()));
  const fitting = texts.find((text) => text.length <= DESCRIPTION);
  if (fitting !== undefined) return fitting;
  const shortest = texts.at(-1) ?? '';
  if (former === undefined) return shortest;
  const most = former.length - (shortest.length - DESCRIPTION);
  throw new UnsupportedError(
    `the mark does not fit beside the description of API ${key} of ${gatewayId}, which has ${former.length} characters`,
    { remedy: `Shorten the description to ${most} characters, then run again: \`postern forget\` restores it.` },
  );
}

/** The hash of a definition that others wrote. */
const OF_OTHERS = '0';

/** The description of an API that exists and is adopted: the mark, and behind it the description that it had. */
export function adoptedDescription(route: Pick<RouteCall, 'gatewayId' | 'owner' | 'key'>, former: string): string {
  return description(route, OF_OTHERS, former);
}

/** The description that an adopted API had; undefined of an API that was not adopted. */
export function formerDescription(text: string): string | undefined {
  const at = /^\s*postern:\S+ #[0-9a-f.]+(?: [A-Z]+ \/\S*)? \|(?: |$)/.exec(text);
  return at === null ? undefined : text.slice(at[0].length);
}

/** Whether an API was adopted, and no definition was written since. */
export function isAsAdopted(text: string): boolean {
  return formerDescription(text) !== undefined && /^\s*postern:\S+ #[0-9a-f]{4,8}\.0(?: |$)/.test(text);
}

/** Whether a description has the whole hash of a definition that Postern wrote, and none that others wrote before. */
export function isAsSent(text: string): boolean {
  return formerDescription(text) === undefined && /^\s*postern:\S+ #[0-9a-f]{8}\.[0-9a-f]{8}(?: |$)/.test(text);
}

/** The service accepts so many characters: `DeployApi`. */
const PUBLISHED_DESCRIPTION = 200;

/**
 * The description of a publication: that of its API, and the second of the draft's last change, where what was changed then is
 * what is published: `postern:shop/orders/backend #5e6f7a8b.1a2b3c4d ANY /orders/{proxy+} @tk4wv4`. While the draft has that
 * time, it was not changed since.
 */
export function publishedDescription(text: string, draftTime: string | undefined): string {
  const second = secondOf(draftTime);
  const stamped = `${text} @${second?.toString(36)}`;
  return second === undefined || stamped.length > PUBLISHED_DESCRIPTION ? text : stamped;
}

/** The parts of a description that {@link publishedDescription} made. Any other is a description alone. */
export function readPublished(text: string): {
  readonly description: string;
  readonly draftSecond?: number | undefined;
} {
  const [, description = '', second = ''] = /^(\s*postern:\S+ #.*) @([0-9a-z]{5,7})$/s.exec(text) ?? [];
  return second === '' ? { description: text } : { description, draftSecond: Number.parseInt(second, 36) };
}

/** The second of a time as the service writes it: `2026-06-01T08:00:00Z`. */
export function secondOf(time = ''): number | undefined {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1_000);
}

/** The route key in a description that Postern wrote. */
export function keyOfDescription(text: string): string | undefined {
  return /^postern:\S+ #[0-9a-f.]+ ([A-Z]+ \/\S*)(?: \||$)/.exec(text)?.[1];
}

/**
 * The owner of an API with this description. A mark that was copied to another group or path does not count.
 * One that an older version wrote has no hash of the API, and makes the owner `unbound`.
 */
export function ownerOfApi(
  text: string | undefined,
  { groupId, method, path }: { readonly groupId: string; readonly method: string; readonly path: string },
): Owner | undefined {
  const owner = parseMark(text);
  if (owner === undefined) return undefined;
  const [, bound] = /^\s*postern:\S+ #([0-9a-f]{4,8})\.[0-9a-f]+(?:\s|$)/.exec(text ?? '') ?? [];
  if (bound === undefined) return { ...owner, unbound: true };
  return markHash(owner, identityOf(groupId, method, path)).startsWith(bound) ? owner : undefined;
}

/** What the mark of an API is bound to. Its id is not known before it is created. */
function identityOf(groupId: string, method: string, path: string): Json {
  return { groupId, method, path };
}

function bare({ project, spec, integration, name }: Owner): Owner {
  return { project, spec, integration, ...(name === undefined ? {} : { name }) };
}

/** A path below a group's base path. */
export function joined(basePath: string, path: string): string {
  const base = basePath.replace(/\/+$/, '');
  return base === '' ? path : `${base}${path}`;
}
