import { hashText, InvalidInputError } from '@postern/core/internal/adapter';
import type { RouteMatch } from '../client/apis/apig.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'];
/** What a variable of one segment is in an expression. */
const SEGMENT = '[^/]+';

/**
 * Which calls a route key means: `ANY /orders` is exactly that path, `ANY /orders/{proxy+}` what begins with `/orders/`,
 * `GET /orders/{id}` an expression. The engine orders exact before prefix before expression, and longer before shorter.
 * @throws {InvalidInputError} `INVALID_INPUT` for a key that an HTTP API cannot have: `$default`, `{rest+}` before the end.
 */
export function toMatch(key: string): Required<Pick<RouteMatch, 'path' | 'methods'>> {
  const [, method = '', path = ''] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
  if (method !== 'ANY' && !METHODS.includes(method)) {
    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(key)} cannot be a route of an HTTP API`, {
      remedy: `Write a method (ANY, ${METHODS.join(', ')}) and a path, as in ANY /orders/{proxy+}.`,
    });
  }

  const methods = method === 'ANY' ? [] : [method];
  const parts = path.split('/').slice(1);
  const kinds = parts.map((part, index) => kindOf(part, index === parts.length - 1, key));
  const greedy = kinds.at(-1) === 'greedy';
  if (!kinds.includes('variable')) {
    if (!greedy) return { path: { type: 'Exact', value: path }, methods };

    return {
      path: {
        type: 'Prefix',
        value: `/${parts
          .slice(0, -1)
          .map((part) => `${part}/`)
          .join('')}`,
      },
      methods,
    };
  }

  const pattern = parts.map((part, index) =>
    kinds[index] === 'fixed' ? escaped(part) : kinds[index] === 'greedy' ? '.*' : SEGMENT,
  );
  return { path: { type: 'Regex', value: `^/${pattern.join('/')}$` }, methods };
}

function kindOf(part: string, isLast: boolean, key: string): 'fixed' | 'variable' | 'greedy' {
  const [, name, rest] = /^\{([A-Za-z_][\w-]*)(\+)?\}$/.exec(part) ?? [];
  if (rest !== undefined && isLast) return 'greedy';
  if (name !== undefined && rest === undefined) return 'variable';
  if (!/[{}[\]*]/.test(part)) return 'fixed';

  throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(part)} of ${key} is not allowed in this path`, {
    remedy: 'Write {name} for one part of the path, and {name+} for its end only.',
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^$()|\\]/g, String.raw`\$&`);
}

/**
 * The key of a route. `hint` is the key that a description names: it keeps the names of variables. What no key says,
 * such as conditions on headers, is written behind it, so that the key is not one that a spec can declare.
 */
export function toKey(match: RouteMatch | undefined, hint?: string): string {
  if (hint !== undefined && isMatchOf(hint, match)) return hint;

  const { path, methods = [], headers = [], queryParams = [] } = match ?? {};
  const method = methods.length === 0 ? 'ANY' : methods.toSorted().join(',');
  const conditions = [headers, queryParams].some((list) => list.length > 0)
    ? ` [${hashText(JSON.stringify([headers, queryParams])).slice(0, 8)}]`
    : '';
  return `${method} ${pathOf(path)}${conditions}`;
}

function pathOf(path: RouteMatch['path']): string {
  const { type = 'Exact', value = '/' } = path ?? {};
  if (type === 'Exact') return value;
  if (type === 'Prefix') return value.endsWith('/') ? `${value}{proxy+}` : `${value}*`;

  const parts = /^\^\/(.*)\$$/.exec(value)?.[1]?.split(`/`);
  // A segment of an expression has a slash of its own.
  const whole = parts?.join('/').replaceAll(SEGMENT, '\u0000').split('/');
  let count = 0;
  const read = whole?.map((part, index) => {
    if (part === '\u0000') return `{p${(count += 1)}}`;
    if (part === '.*' && index === whole.length - 1) return '{proxy+}';

    const plain = part.replaceAll(/\\([.+?^$()|\\])/g, '$1');
    return escaped(plain) === part ? plain : undefined;
  });
  return read === undefined || read.includes(undefined) ? `~${value}` : `/${read.join('/')}`;
}

/** Whether a key means exactly these calls. */
export function isMatchOf(key: string, match: RouteMatch | undefined): boolean {
  try {
    const wanted = toMatch(key);
    const { path, methods = [], headers = [], queryParams = [] } = match ?? {};
    return (
      wanted.path?.type === (path?.type ?? 'Exact') &&
      wanted.path?.value === path?.value &&
      wanted.methods?.join(',') === methods.toSorted().join(',') &&
      headers.length + queryParams.length === 0
    );
  } catch {
    return false;
  }
}

/** A route's name, unique in its API: `postern_get_orders_1a2b3c4d`. */
export function routeName(key: string): string {
  const words = key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return `postern_${words.slice(0, 30).replaceAll(/^_+|(?<!_)_+$/g, '')}_${hashText(key).slice(0, 8)}`;
}
