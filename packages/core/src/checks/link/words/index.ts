import type { CheckWords } from '../../../findings/statement.js';
import { linkAdoptedWords } from './adopted.words.js';
import { linkAllowlistWords } from './allowlist.words.js';
import { linkExistsWords } from './exists.words.js';
import { linkExpiryWords } from './expiry.words.js';
import { linkInstanceSpecWords } from './instance-spec.words.js';
import { freeAddressesWords } from './free-addresses.words.js';
import { groupNetworkWords } from './group-network.words.js';
import { groupQuotaWords } from './group-quota.words.js';
import { linkLoadBalancerWords } from './load-balancer.words.js';
import { linkInactiveWords } from './inactive.words.js';
import { noGroupWords } from './no-group.words.js';
import { oneNetworkWords } from './one-network.words.js';
import { linkQuotaWords } from './quota.words.js';
import { retiringWords } from './retiring.words.js';
import { serviceRoleWords } from './service-role.words.js';
import { sharedSubnetWords } from './shared-subnet.words.js';
import { singleZoneWords } from './single-zone.words.js';
import { linkStateWords } from './state.words.js';
import { subnetQuotaWords } from './subnet-quota.words.js';
import { linkTagsWords } from './tags.words.js';
import { zoneOnceWords } from './zone-once.words.js';
import { zoneServedWords } from './zone-served.words.js';

/** What the checks of the family `link/*` say, by check. */
export const linkWords: Readonly<Record<string, CheckWords>> = {
  'link/adopted': linkAdoptedWords,
  'link/allowlist': linkAllowlistWords,
  'link/exists': linkExistsWords,
  'link/expiry': linkExpiryWords,
  'link/instance-spec': linkInstanceSpecWords,
  'link/free-addresses': freeAddressesWords,
  'link/group-network': groupNetworkWords,
  'link/group-quota': groupQuotaWords,
  'link/load-balancer': linkLoadBalancerWords,
  'link/inactive': linkInactiveWords,
  'link/no-group': noGroupWords,
  'link/one-network': oneNetworkWords,
  'link/quota': linkQuotaWords,
  'link/retiring': retiringWords,
  'link/service-role': serviceRoleWords,
  'link/shared-subnet': sharedSubnetWords,
  'link/single-zone': singleZoneWords,
  'link/state': linkStateWords,
  'link/subnet-quota': subnetQuotaWords,
  'link/tags': linkTagsWords,
  'link/zone-once': zoneOnceWords,
  'link/zone-served': zoneServedWords,
};
