import type { Owner } from '@postern/core/internal/library';
import {
  defined,
  FORMER,
  formatMark,
  markHash,
  parseMark,
  UnsupportedError,
  type Json,
  type RouteCall,
  InvalidInputError,
  hashText,
} from '@postern/core/internal/adapter';

/** https://help.aliyun.com/document_detail/43604.html: a description has up to 180 characters. */
const DESCRIPTION = 180;

/**
 * The mark, a hash that binds it to this API, one of the definition, and the key:
 * `postern:shop@shop/orders/backend #5e6f7a8b.1a2b3c4d ANY /orders/{proxy+}`. The longest marks leave room for shorter hashes only.
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
 * what is published: `postern:shop@shop/orders/backend #5e6f7a8b.1a2b3c4d ANY /orders/{proxy+} @tk4wv4`. While the draft has that
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

/** The owner of an API with this description. A mark that was copied to another group or path does not count. */
export function ownerOfApi(
  text: string | undefined,
  { groupId, method, path }: { readonly groupId: string; readonly method: string; readonly path: string },
): Owner | undefined {
  const owner = parseMark(text);
  if (owner === undefined) return undefined;

  const [, bound] = /^\s*postern:\S+ #([0-9a-f]{4,8})\.[0-9a-f]+(?:\s|$)/.exec(text ?? '') ?? [];
  return bound !== undefined && markHash(owner, identityOf(groupId, method, path)).startsWith(bound)
    ? owner
    : undefined;
}

/** What the mark of an API is bound to. Its id is not known before it is created. */
function identityOf(groupId: string, method: string, path: string): Json {
  return { groupId, method, path };
}

function bare({ project, spec, integration, name }: Owner): Owner {
  return { project, spec, integration, ...defined({ name }) };
}

/** What a route's key is on this cloud. */
export interface ApiPath {
  /** `GET`, `ANY`, … */
  readonly method: string;
  /** `/orders/*`, `/payments/[id]`. */
  readonly path: string;
  /** Names of the parameters in the path. */
  readonly parameters: readonly string[];
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'ANY'];

/**
 * The method and path of a route's key: `ANY /orders/{proxy+}` is `ANY /orders/*`, `GET /payments/{id}` is `GET /payments/[id]`.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/create-an-api
 * @throws {InvalidInputError} `INVALID_INPUT` for a key that an API group cannot have: `$default`, `{rest+}` before the end.
 */
export function toApiPath(key: string): ApiPath {
  const [, method = '', path = ''] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
  if (!METHODS.includes(method)) {
    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(key)} cannot be an API of a group`, {
      remedy: `Write a method (${METHODS.join(', ')}) and a path, as in ANY /orders/{proxy+}.`,
    });
  }

  const parts = path.split('/').slice(1);
  const parameters: string[] = [];
  const mapped = parts.map((part, index) => {
    const [, name, rest] = /^\{([A-Za-z_][\w-]*)(\+)?\}$/.exec(part) ?? [];
    if (rest !== undefined && index === parts.length - 1) return '*';
    if (name !== undefined && rest === undefined) {
      parameters.push(name);
      return `[${name}]`;
    }
    if (!/[{}[\]*]/.test(part)) return part;

    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(part)} of ${key} is not allowed in this path`, {
      remedy: 'Write {name} for one part of the path, and {name+} for its end only.',
    });
  });
  return { method, path: `/${mapped.join('/')}`, parameters };
}

/** The key of an API that was created without one: `/orders/*` is `/orders/{proxy+}`. */
export function toRouteKey(method: string, path: string): string {
  const parts = path.split('/').map((part, index, all) => {
    if (part === '*' && index === all.length - 1) return '{proxy+}';

    return part.replace(/^\[([^\]]+)\]$/, '{$1}');
  });
  return `${method || 'ANY'} ${parts.join('/') || '/'}`;
}

/** Whether a key means this method and path. */
export function isPathOf(key: string, method: string, path: string): boolean {
  try {
    const mapped = toApiPath(key);
    return mapped.method === method && mapped.path === path;
  } catch {
    return false;
  }
}

/** An API's name, unique in its group: `postern_get_orders_1a2b3c4d`. */
export function apiName(key: string): string {
  const words = key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return `postern_${words.slice(0, 30).replaceAll(/^_+|(?<!_)_+$/g, '')}_${hashText(key).slice(0, 8)}`;
}
