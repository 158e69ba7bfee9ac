import type { Shop } from '../../../traffic/alibaba/shop.js';

/** What exists before a plan: the world of an integration instance, and what resources name in it. */
export type Existing = Pick<Shop, 'vpcId' | 'linkId' | 'vSwitches' | 'groups' | 'serverId' | 'loadBalancerId'>;
