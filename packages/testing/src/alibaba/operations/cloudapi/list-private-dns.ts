import type { ListPrivateDNSRequest, ListPrivateDNSResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { pages, text } from '../../cloud-api/request/parameters.js';
import { written } from '../../cloud-api/request/time.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** Lists private domains, with the instances that resolve them. */
export const listPrivateDns = cloudApiAction<Wire<ListPrivateDNSRequest>, Wire<ListPrivateDNSResponseBody>>({
  name: 'ListPrivateDNS',
  kind: 'read',
  parameters: { IntranetDomain: text, Type: text, ...pages },
  run({ state }, input) {
    const { IntranetDomain = '', Type = '' } = input;
    const rows = [...state.cloudApi.privateDns.values()].filter(
      ({ domain, type }) => domain.includes(IntranetDomain) && (Type === '' || type === Type),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    const list = items.map((row) => ({
      IntranetDomain: row.domain,
      Type: row.type,
      Records: row.records.map(({ record, weight }) => ({ Record: record, Weight: weight })),
      BindInstances: [...row.instanceIds],
      CreatedTime: written(row.createdAt),
    }));
    return { ...numbers, PrivateDNSList: list };
  },
});
