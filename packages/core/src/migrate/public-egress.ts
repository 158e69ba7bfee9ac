import type { LinkView } from '../world/views.js';
import { readAddress } from '../cidr/read-address.js';

/**
 * The blocks that backends in the open internet are called from by an instance, an address each; empty where that is not known. Links of AWS lead into a
 * network only.
 * @see https://www.alibabacloud.com/help/en/api-gateway/developer-reference/api-cloudapi-2016-07-14-describeinstances
 */
export function publicEgressOf(view: LinkView | undefined): readonly string[] {
  const text = view?.link?.native?.['internetEgressAddress'];
  if (typeof text !== 'string') return [];
  const blocks = text.split(/[,;\s]+/).flatMap((one) => {
    const address = readAddress(one);
    return address === undefined ? [] : [`${one}/${address.family === 4 ? 32 : 128}`];
  });
  return [...new Set(blocks)].toSorted();
}
