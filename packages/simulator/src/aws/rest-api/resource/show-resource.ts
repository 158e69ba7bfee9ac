import type { Method, Resource } from '@aws-sdk/client-api-gateway';
import type { ResourceRow } from '../state.js';
import { badRequest } from '../words.js';

/**
 * `embed=methods` is the only value. The sentence for another one is [U].
 * @throws {ServiceError} BadRequestException
 */
export function embedsMethods(embed: readonly string[] | undefined): boolean {
  const other = embed?.find((value) => value !== 'methods');
  if (other !== undefined) throw badRequest(`Invalid embed parameter specified: ${other}`);
  return embed !== undefined && embed.length > 0;
}

/**
 * A resource as the service answers it. Without `embed=methods`, its methods are empty objects. Without
 * methods, `resourceMethods` is absent.
 */
export function showResource({ methods, ...row }: ResourceRow, embedded: boolean): Resource {
  if (methods.size === 0) return row;
  const shown = [...methods].map(([verb, method]): [string, Method] => [verb, embedded ? method : {}]);
  return { ...row, resourceMethods: Object.fromEntries(shown) };
}
