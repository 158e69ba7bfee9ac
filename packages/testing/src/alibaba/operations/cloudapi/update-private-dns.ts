import type { UpdatePrivateDNSRequest, UpdatePrivateDNSResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { dnsParameters } from '../../cloud-api/instance/dns-parameters.js';
import {
  checkAssociation,
  DNS_EFFECT_MS,
  getPrivateDns,
  readRecords,
} from '../../cloud-api/instance/private-dns-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<UpdatePrivateDNSRequest>, 'IntranetDomain' | 'Type'>;

/** Replaces a private domain's records. */
export const updatePrivateDns = cloudApiAction<Input, Wire<UpdatePrivateDNSResponseBody>>({
  name: 'UpdatePrivateDNS',
  kind: 'write',
  parameters: { ...dnsParameters, Records: { ...dnsParameters.Records, required: true } },
  run({ state, now }, { IntranetDomain, Type, Records }) {
    const row = getPrivateDns(state, Type, IntranetDomain);
    const changed = { ...row, records: readRecords(Type, Records), effectiveAt: now + DNS_EFFECT_MS };
    for (const instanceId of row.instanceIds) checkAssociation(state, instanceId, changed);
    state.cloudApi.privateDns.set(`${Type}/${IntranetDomain}`, changed);
    return {};
  },
});
