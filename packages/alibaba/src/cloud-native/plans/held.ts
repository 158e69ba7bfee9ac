import {
  blocks,
  ifKnown,
  ifResolved,
  item,
  part,
  several,
  word,
  type ActValues,
  type Held,
} from '@postern/core/internal/overlay';
import { toKey } from '../route-match.js';

/** What decides of a match besides the path and the method is told by no key. */
function keyOf({ match }: ActValues): string {
  const [{ path, methods } = {}] = blocks(match);
  const [{ type, value } = {}] = blocks(path);
  return toKey({ path: { type: word(type), value: word(value) }, methods: several(methods).map(String) });
}

/** Where a snapshot has what is of Cloud-native API Gateway. */
export const cloudNativeHeld: Readonly<Record<string, Held>> = {
  alicloud_apig_gateway: item('links'),
  // Others than its own services do not depend on it.
  alicloud_apig_source: { list: 'links', of: () => [] },
  alicloud_apig_service: {
    list: 'targets',
    // A target is a port of a service.
    of: ({ id }, ids) => ids.filter((one) => one.replace(/:\d+$/, '') === ifResolved(id)),
  },
  alicloud_apig_http_api: item('gateways'),
  alicloud_apig_route: {
    ...part('gateways', 'http_api_id'),
    // The ID of a route is behind that of its API.
    route: (values) => [
      ifResolved(values['http_api_id']),
      String(ifResolved(values['id'])).split(':').at(-1),
      ifKnown(() => keyOf(values)),
    ],
  },
};
