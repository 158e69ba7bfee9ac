import {
  blocks,
  ifKnown,
  ifResolved,
  item,
  part,
  word,
  type ActValues,
  type Held,
} from '@postern/core/internal/overlay';
import { toRouteKey } from '../groups/api-path.js';

function keyOf({ request_config: config }: ActValues): string {
  const [{ method, path } = {}] = blocks(config);
  return toRouteKey(word(method) ?? '', word(path) ?? '');
}

/** Where a snapshot has what is of API Gateway (Traditional). */
export const traditionalHeld: Readonly<Record<string, Held>> = {
  alicloud_api_gateway_instance: item('links'),
  alicloud_api_gateway_vpc_access: part('targets', 'name'),
  alicloud_api_gateway_group: item('gateways'),
  alicloud_api_gateway_api: {
    ...part('gateways', 'group_id'),
    // The ID of an API is behind that of its group.
    route: (values) => [
      ifResolved(values['group_id']),
      String(ifResolved(values['id'])).split(':').at(-1),
      ifKnown(() => keyOf(values)),
    ],
  },
  alicloud_api_gateway_domain: part('customDomains', 'domain_name'),
};
