import { slbFamily } from '../../vpc/request/family.js';
import { newId, clientToken, PAGE, tags } from '../../vpc/request/text-rules.js';
import { admits, admitsAny, admitsOneOf } from '../../vpc/request/lists.js';
import { getVSwitch } from '../../vpc/request/lookups.js';
import { hasTags, readTags } from '../../vpc/request/tags.js';
import { releaseAddress, takeAddress } from '../../vpc/addresses.js';
import { page } from '../../operation/page.js';
import { zonesIn } from '../../operation/regions.js';
import { AlibabaError } from '../../operation/operation.js';
import { slbWords } from '../request.js';
import { backendServersView, loadBalancerView, getLoadBalancer } from '../load-balancer.js';
import { neededText, oneOf, text, whole } from '../../operation/parameters.js';

/** Load balancers. */
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
  },

  SetLoadBalancerName: {
    parameters: { LoadBalancerId: neededText, LoadBalancerName: { ...neededText, length: [1, 80] } },
    run({ state }, { LoadBalancerId, LoadBalancerName }) {
      getLoadBalancer(state, LoadBalancerId).name = LoadBalancerName;
      return {};
    },
  },

  /** An inactive one forwards nothing. */
  SetLoadBalancerStatus: {
    parameters: { LoadBalancerId: neededText, LoadBalancerStatus: { ...neededText, values: ['active', 'inactive'] } },
    run({ state }, { LoadBalancerId, LoadBalancerStatus }) {
      getLoadBalancer(state, LoadBalancerId).status = LoadBalancerStatus;
      return {};
    },
  },

  SetLoadBalancerDeleteProtection: {
    parameters: { LoadBalancerId: neededText, DeleteProtection: { ...neededText, values: ['on', 'off'] } },
    run({ state }, { LoadBalancerId, DeleteProtection }) {
      getLoadBalancer(state, LoadBalancerId).deleteProtection = DeleteProtection;
      return {};
    },
  },

  /** Its listeners and vServer groups are deleted with it. */
  DeleteLoadBalancer: {
    parameters: { LoadBalancerId: neededText },
    run({ state }, { LoadBalancerId }) {
      const row = getLoadBalancer(state, LoadBalancerId);
      if (row.deleteProtection === 'on') throw slbWords.protectedBalancer();

      if (row.vSwitchId !== '') releaseAddress(state, row.vSwitchId, row.address);
      state.slb.loadBalancers.delete(row.id);
      for (const group of state.slb.serverGroups.values()) {
        if (group.loadBalancerId === row.id) state.slb.serverGroups.delete(group.id);
      }
      return {};
    },
  },

  DescribeLoadBalancers: {
    parameters: {
      LoadBalancerId: text,
      LoadBalancerName: text,
      LoadBalancerStatus: oneOf('inactive', 'active', 'locked'),
      AddressType: oneOf('internet', 'intranet'),
      NetworkType: oneOf('vpc', 'classic'),
      VpcId: text,
      VSwitchId: text,
      Address: text,
      ServerId: text,
      ServerIntranetAddress: text,
      Tag: tags,
      ...PAGE,
    },
    run(call, input) {
      const rows = [...call.state.slb.loadBalancers.values()].filter(
        (row) =>
          admitsOneOf(input.LoadBalancerId, row.id) &&
          admitsOneOf(input.LoadBalancerName, row.name) &&
          admits(input.LoadBalancerStatus, row.status) &&
          admits(input.AddressType, row.addressType) &&
          admits(input.NetworkType, row.networkType) &&
          admits(input.VpcId, row.vpcId) &&
          admits(input.VSwitchId, row.vSwitchId) &&
          admits(input.Address, row.address) &&
          admitsAny(
            some(input.ServerId),
            row.backendServers.map(({ serverId }) => serverId),
          ) &&
          admitsAny(
            some(input.ServerIntranetAddress),
            row.backendServers.map(({ serverIp }) => serverIp),
          ) &&
          hasTags(row.tags, input.Tag),
      );
      const { items, numbers } = page(rows, input, { largest: 100 });
      return { ...numbers, LoadBalancers: { LoadBalancer: items.map((row) => loadBalancerView(call, row)) } };
    },
  },

  /** The answer contains its listeners three times, once under a misspelled name. */
  DescribeLoadBalancerAttribute: {
    parameters: { LoadBalancerId: neededText },
    run(call, { LoadBalancerId }) {
      const row = getLoadBalancer(call.state, LoadBalancerId);
      const listeners = [...row.listeners.values()];
      return {
        ...loadBalancerView(call, row),
        Bandwidth: row.addressType === 'intranet' ? 5120 : -1,
        RegionIdAlias: call.region,
        AutoReleaseTime: 0,
        EndTime: '2999-09-08T16:00:00Z',
        EndTimeStamp: 32_493_801_600_000,
        BackendServers: backendServersView(row),
        ListenerPorts: { ListenerPort: [...new Set(listeners.map(({ port }) => port))] },
        ListenerPortsAndProtocol: {
          ListenerPortAndProtocol: listeners.map(({ port, protocol, description }) => ({
            ListenerPort: port,
            ListenerProtocol: protocol,
            Description: description,
          })),
        },
        ListenerPortsAndProtocal: {
          ListenerPortAndProtocal: listeners.map(({ port, protocol }) => ({
            ListenerPort: port,
            ListenerProtocal: protocol,
          })),
        },
      };
    },
  },
});

const some = (text: string | undefined): readonly string[] | undefined => text?.split(',');
