import { defined } from '../../../simulation/defined.js';
import { slbFamily, newId, clientToken, tags } from '../../vpc/request/text-rules.js';
import { admitsAny, admitsOneOf, getVSwitch } from '../../vpc/request/lists.js';
import { hasTags, readTags } from '../../vpc/request/tags.js';
import { releaseAddress, takeAddress } from '../../vpc/network.js';
import { zonesIn, regionsAnswer } from '../../operation/regions.js';
import { AlibabaError } from '../../operation/operation.js';
import { slbWords } from '../request.js';
import { backendServersView, loadBalancerView, getLoadBalancer, newLoadBalancer } from '../load-balancer.js';
import { numberedList, neededText, oneOf, text, whole, action } from '../../operation/family.js';

const some = (text: string | undefined): readonly string[] | undefined => text?.split(',');

/** Load balancers, regions and zones. */
export const loadBalancerActions = slbFamily({
  /** An internal one uses an address of its vSwitch; a public one has an address of the documentation's block. */
  CreateLoadBalancer: {
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
    run(call, input) {
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
      const { DeleteProtection, LoadBalancerSpec } = input;
      const row = newLoadBalancer(call, {
        Address: address,
        AddressType: internal ? 'intranet' : 'internet',
        LoadBalancerId: id,
        LoadBalancerName: input.LoadBalancerName ?? id,
        MasterZoneId,
        SlaveZoneId,
        VSwitchId: vSwitch?.id ?? '',
        VpcId: vSwitch?.vpcId ?? '',
        ...defined({ DeleteProtection, LoadBalancerSpec }),
      });
      row.tags = rowTags;
      loadBalancers.set(id, row);
      return {
        LoadBalancerId: id,
        LoadBalancerName: row.LoadBalancerName,
        Address: address,
        AddressIPVersion: row.AddressIPVersion,
        NetworkType: row.NetworkType,
        VpcId: row.VpcId,
        VSwitchId: row.VSwitchId,
        ResourceGroupId: '',
      };
    },
  },

  SetLoadBalancerName: {
    parameters: { LoadBalancerId: neededText, LoadBalancerName: { ...neededText, length: [1, 80] } },
    run({ state }, { LoadBalancerId, LoadBalancerName }) {
      getLoadBalancer(state, LoadBalancerId).LoadBalancerName = LoadBalancerName;
      return {};
    },
  },

  /** An inactive one forwards nothing. */
  SetLoadBalancerStatus: {
    parameters: { LoadBalancerId: neededText, LoadBalancerStatus: { ...neededText, values: ['active', 'inactive'] } },
    run({ state }, { LoadBalancerId, LoadBalancerStatus }) {
      getLoadBalancer(state, LoadBalancerId).LoadBalancerStatus = LoadBalancerStatus;
      return {};
    },
  },

  SetLoadBalancerDeleteProtection: {
    parameters: { LoadBalancerId: neededText, DeleteProtection: { ...neededText, values: ['on', 'off'] } },
    run({ state }, { LoadBalancerId, DeleteProtection }) {
      getLoadBalancer(state, LoadBalancerId).DeleteProtection = DeleteProtection;
      return {};
    },
  },

  /** Its listeners and vServer groups are deleted with it. */
  DeleteLoadBalancer: action({ LoadBalancerId: neededText }, ({ state }, { LoadBalancerId }) => {
    const { DeleteProtection, VSwitchId, Address } = getLoadBalancer(state, LoadBalancerId);
    if (DeleteProtection === 'on') throw slbWords.protectedBalancer();

    if (VSwitchId !== '') releaseAddress(state, VSwitchId, Address);
    state.slb.loadBalancers.delete(LoadBalancerId);
    for (const [id, row] of state.slb.serverGroups) {
      if (row.LoadBalancerId === LoadBalancerId) state.slb.serverGroups.delete(id);
    }
    return {};
  }),

  DescribeLoadBalancers: numberedList({
    parameters: {
      LoadBalancerId: text,
      LoadBalancerName: text,
      LoadBalancerStatus: oneOf('inactive', 'active', 'locked'),
      AddressType: oneOf('internet', 'intranet'),
      NetworkType: oneOf('vpc', 'classic'),
      ServerId: text,
      ServerIntranetAddress: text,
      Tag: tags,
    },
    rows: ({ state }, { LoadBalancerId, LoadBalancerName, ServerId, ServerIntranetAddress, Tag }) =>
      [...state.slb.loadBalancers.values()]
        .filter(
          (row) =>
            admitsOneOf(LoadBalancerId, row.LoadBalancerId) &&
            admitsOneOf(LoadBalancerName, row.LoadBalancerName) &&
            admitsAny(
              some(ServerId),
              row.backendServers.map((server) => server.ServerId),
            ) &&
            admitsAny(
              some(ServerIntranetAddress),
              row.backendServers.map(({ serverIp }) => serverIp),
            ) &&
            hasTags(row.tags, Tag),
        )
        .map(loadBalancerView),
    same: ['LoadBalancerStatus', 'AddressType', 'NetworkType', 'VpcId', 'VSwitchId', 'Address'],
    as: ['LoadBalancers', 'LoadBalancer'],
  }),

  /** The answer contains its listeners three times, once under a misspelled name. */
  DescribeLoadBalancerAttribute: action({ LoadBalancerId: neededText }, (call, { LoadBalancerId }) => {
    const row = getLoadBalancer(call.state, LoadBalancerId);
    const listeners = [...row.listeners.values()];
    return {
      ...loadBalancerView(row),
      Bandwidth: row.AddressType === 'intranet' ? 5120 : -1,
      RegionIdAlias: call.region,
      AutoReleaseTime: 0,
      EndTime: '2999-09-08T16:00:00Z',
      EndTimeStamp: 32_493_801_600_000,
      BackendServers: backendServersView(row.backendServers),
      ListenerPorts: { ListenerPort: [...new Set(listeners.map(({ ListenerPort }) => ListenerPort))] },
      ListenerPortsAndProtocol: {
        ListenerPortAndProtocol: listeners.map(({ ListenerPort, protocol, Description }) => ({
          ListenerPort,
          ListenerProtocol: protocol,
          Description,
        })),
      },
      ListenerPortsAndProtocal: {
        ListenerPortAndProtocal: listeners.map(({ ListenerPort, protocol }) => ({
          ListenerPort,
          ListenerProtocal: protocol,
        })),
      },
    };
  }),

  DescribeRegions: action({ AcceptLanguage: text }, () => regionsAnswer('slb')),

  /** Each zone with the others as zones of its secondary server. */
  DescribeZones: action({ AcceptLanguage: text }, ({ state }) => {
    const zone = (ZoneId: string) => ({ ZoneId, LocalName: ZoneId });
    const all = zonesIn(state);
    return {
      Zones: {
        Zone: all.map((id) => ({
          ...zone(id),
          SlaveZones: { SlaveZone: all.filter((other) => other !== id).map(zone) },
        })),
      },
    };
  }),
});
