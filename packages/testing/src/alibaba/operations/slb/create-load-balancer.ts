import { takeAddress } from '../../network/vpc/addresses.js';
import { newId } from '../../network/request/ids.js';
import { getVSwitch } from '../../network/request/lookups.js';
import { slbAction } from '../../network/request/network-action.js';
import { clientToken, oneOf, tags, text, whole } from '../../network/request/parameters.js';
import { readTags, type GivenTag } from '../../network/request/tags.js';
import { zonesIn } from '../../regions.js';
import { AlibabaError } from '../../service-error.js';
import { slbWords } from '../../slb/errors.js';

/** SLB has no package on npm: our own types. */
interface CreateLoadBalancerInput {
  readonly LoadBalancerName?: string;
  readonly AddressType?: 'internet' | 'intranet';
  readonly VpcId?: string;
  readonly VSwitchId?: string;
  readonly Address?: string;
  readonly MasterZoneId?: string;
  readonly SlaveZoneId?: string;
  readonly LoadBalancerSpec?: string;
  readonly DeleteProtection?: 'on' | 'off';
  readonly Tag?: readonly GivenTag[];
}
interface CreateLoadBalancerOutput {
  readonly LoadBalancerId: string;
  readonly LoadBalancerName: string;
  readonly Address: string;
  readonly AddressIPVersion: 'ipv4';
  readonly NetworkType: 'vpc' | 'classic';
  readonly VpcId: string;
  readonly VSwitchId: string;
  readonly ResourceGroupId: string;
}

/**
 * An internal one uses an address of its vSwitch; a public one has an address of the documentation's block.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createloadbalancer
 */
export const createLoadBalancer = slbAction<CreateLoadBalancerInput, CreateLoadBalancerOutput>({
  name: 'CreateLoadBalancer',
  kind: 'write',
  parameters: {
    LoadBalancerName: { ...text, length: [0, 80] },
    AddressType: oneOf('internet', 'intranet'),
    VpcId: text,
    VSwitchId: text,
    Address: text,
    AddressIPVersion: oneOf('ipv4'),
    MasterZoneId: text,
    SlaveZoneId: text,
    LoadBalancerSpec: text,
    InstanceChargeType: oneOf('PayBySpec', 'PayByCLCU'),
    InternetChargeType: oneOf('paybytraffic', 'paybybandwidth'),
    Bandwidth: { ...whole, range: [-1, 5120] },
    PayType: oneOf('PayOnDemand'),
    DeleteProtection: oneOf('on', 'off'),
    Tag: tags,
    ClientToken: clientToken,
  },
  run: (call, input) => {
    const { loadBalancers } = call.state.slb;
    const internal = (input.AddressType ?? (input.VSwitchId === undefined ? 'internet' : 'intranet')) === 'intranet';
    if (internal && input.VSwitchId === undefined) {
      throw new AlibabaError('MissingParameter', 'The parameter VSwitchId is missing.'); // the classic network is not simulated
    }
    const vSwitch = internal ? getVSwitch(call.state, input.VSwitchId ?? '') : undefined;
    if (vSwitch && input.VpcId !== undefined && input.VpcId !== vSwitch.vpcId) {
      throw slbWords.invalid('The specified VSwitchId and VpcId do not match.'); // [?] the words
    }
    const zones = zonesIn(call.state);
    const { MasterZoneId = vSwitch?.zoneId ?? zones[0] ?? '' } = input;
    const { SlaveZoneId = zones.find((zone) => zone !== MasterZoneId) ?? '' } = input;
    if (![MasterZoneId, SlaveZoneId].every((zone) => zone === '' || zones.includes(zone))) {
      throw new AlibabaError('InvalidZoneId.NotFound', 'The specified ZoneId does not exist.', 404); // [?] the words
    }
    const rowTags = readTags(input.Tag);
    if (loadBalancers.size >= call.quota('load-balancers')) {
      throw new AlibabaError('QuotaLimitExceeds', 'The number of load balancers exceeds the quota.'); // [?]
    }
    const id = newId(call, 'lb');
    const address = vSwitch
      ? takeAddress(call, vSwitch, id, input.Address)
      : `203.0.113.${1 + Math.floor(call.random() * 254)}`;
    const name = input.LoadBalancerName ?? id;
    const place = { vpcId: vSwitch?.vpcId ?? '', vSwitchId: vSwitch?.id ?? '' };
    const networkType = vSwitch ? 'vpc' : 'classic';
    loadBalancers.set(id, {
      id,
      name,
      addressType: internal ? 'intranet' : 'internet',
      networkType,
      address,
      ...place,
      masterZoneId: MasterZoneId,
      slaveZoneId: SlaveZoneId,
      spec: input.LoadBalancerSpec ?? 'slb.s1.small',
      payType: 'PayOnDemand',
      status: 'active',
      deleteProtection: input.DeleteProtection ?? 'off',
      backendServers: [],
      listeners: new Map(),
      createdAt: call.now,
      tags: rowTags,
    });
    return {
      LoadBalancerId: id,
      LoadBalancerName: name,
      Address: address,
      AddressIPVersion: 'ipv4',
      NetworkType: networkType,
      VpcId: place.vpcId,
      VSwitchId: place.vSwitchId,
      ResourceGroupId: '',
    };
  },
});
