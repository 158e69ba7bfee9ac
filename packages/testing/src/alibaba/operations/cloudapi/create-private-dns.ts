import type { CreatePrivateDNSRequest, CreatePrivateDNSResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { dnsParameters } from '../../cloud-api/instance/dns-parameters.js';
import { checkDomain, DNS_EFFECT_MS, MAX_DOMAINS, readRecords } from '../../cloud-api/instance/private-dns-rules.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<CreatePrivateDNSRequest>, 'IntranetDomain' | 'Type'>;

/** Makes a private domain: A records, or, for conventional instances, an authorization's host. */
export const createPrivateDns = cloudApiAction<Input, Wire<CreatePrivateDNSResponseBody>>({
  name: 'CreatePrivateDNS',
  kind: 'write',
  parameters: dnsParameters,
  run({ state, now }, { IntranetDomain, Type, Records }) {
    checkDomain(IntranetDomain);
    const { privateDns } = state.cloudApi;
    const key = `${Type}/${IntranetDomain}`;
    if (privateDns.has(key)) throw say.duplicate('IntranetDomain');
    if (privateDns.size >= MAX_DOMAINS) throw say.exceeded('PrivateDNS');
    const records = readRecords(Type, Records);
    const row = { domain: IntranetDomain, type: Type, records, instanceIds: [] };
    privateDns.set(key, { ...row, createdAt: now, effectiveAt: now + DNS_EFFECT_MS });
    return {};
  },
});
