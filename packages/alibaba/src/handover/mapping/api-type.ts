import { isGreedy, type ClassicKey } from './route-match.js';

/**
 * The type of the HTTP API on the target: the provider's own tool skips APIs with the method ANY and greedy paths where the type is
 * Rest, and so does not use it for them.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/use-cases/common-problems-and-troubleshooting
 */
export function apiTypeOf(keys: Iterable<ClassicKey>): 'Http' | 'Rest' {
  for (const { method, path } of keys) if (method === 'ANY' || isGreedy(path)) return 'Http';
  return 'Rest';
}
