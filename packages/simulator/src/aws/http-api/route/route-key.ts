import { HTTP_METHODS } from '../http-methods.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';

const PART = /^(\{[\w.:-]+\+?\}|[a-zA-Z0-9.:_-]+)$/;

/**
 * Refuses a text that is not a route key of an HTTP API: `$default`, or a method and a path such as `ANY
 * /orders/{proxy+}`. A greedy variable must be last. The name of a variable may occur once.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 * @throws {ServiceError} BadRequestException
 */
export function checkRouteKey(key: string | undefined): string {
  if (key === '$default') return key;
  const [, method = '', path = ''] = /^(\S+) \/(\S*)$/.exec(key ?? '') ?? [];
  if (key === undefined || !HTTP_METHODS.includes(method)) throw WORDS.routeKeyForm();
  const parts = path.split('/');
  // A slash at the end makes another route of it.
  if (parts.at(-1) === '') parts.pop();
  if (!parts.every((part) => PART.test(part))) throw WORDS.pathParts();
  const variables = parts.filter((part) => part.startsWith('{')).map((part) => part.replace(/[{}+]/g, ''));
  const greedy = parts.findIndex((part) => part.endsWith('+}'));
  // [U] both sentences
  if (greedy >= 0 && greedy < parts.length - 1)
    throw badRequest('A greedy path variable must be the last part of a path');
  if (new Set(variables).size < variables.length) throw badRequest('Path variables must be unique within a route key');
  return key;
}
