import { InvalidInputError, hashText } from '@postern/core/internal/adapter';

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
