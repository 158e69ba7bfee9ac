import type { DeletePrivateDNSRequest, DeletePrivateDNSResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { dnsKey } from '../../cloud-api/instance/dns-parameters.js';
import { flag } from '../../cloud-api/request/parameters.js';
import { getPrivateDns } from '../../cloud-api/instance/private-dns-rules.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeletePrivateDNSRequest>, 'IntranetDomain' | 'Type'>;

/** Deletes a private domain that no instance resolves, or, with `Force`, any. */
export const deletePrivateDns = cloudApiAction<Input, Wire<DeletePrivateDNSResponseBody>>({
  name: 'DeletePrivateDNS',
  kind: 'write',
  parameters: { ...dnsKey, Force: flag },
  run({ state }, { IntranetDomain, Type, Force = false }) {
    const row = getPrivateDns(state, Type, IntranetDomain);
    if (row.instanceIds.length > 0 && !Force) throw say.inUse('PrivateDNS', 'Instance');
    state.cloudApi.privateDns.delete(`${Type}/${IntranetDomain}`);
    return {};
  },
});
