import type { LinkView } from '../../do/world/views.js';
import { readAddress } from '../../cidr/read-address.js';

/**
 * The blocks from which an instance calls backends on the public internet, one address each; empty if that
 * is not known. Links of AWS connect to a network only.
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
