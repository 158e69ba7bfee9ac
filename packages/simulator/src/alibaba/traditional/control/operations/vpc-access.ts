import { raise } from '../../../../simulation/raise.js';
import { defined } from '../../../../simulation/defined.js';
import { targetKind, checkVpcTarget } from '../backend/backend-use.js';
import { family, tagList, say, checkFreshToken, useToken, written } from '../request/parameters.js';
import { findVpcAccess, findVpcAccessByName, getInstance, getTask, getVpcAccess } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import { taskItem, publishedWithAccess, removeAccess, startTask } from '../task.js';
import { connects } from '../../../connects/connects.js';
import { addressOwner } from '../../../vpc/network.js';
import type { VpcAccessRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { admits, numberedList, flag, required, text, whole, action, page, PAGE } from '../../../operation/family.js';
import {
  dnsAssociation,
  dnsKey,
  dnsParameters,
  checkAssociation,
  checkDomain,
  getPrivateDns,
  MAX_DOMAINS,
  readRecords,
} from '../instance/instance-rules.js';
import { admitsShown } from '../../../vpc/request/lists.js';

function ipType(state: AlibabaRegionState, { VpcId, InstanceId }: VpcAccessRow): { IpType?: string } {
  if (targetKind(InstanceId) !== 'ADDRESS') return {};

  const owner = addressOwner(state, VpcId, InstanceId);
  if (owner?.kind === 'load-balancer') return { IpType: 'SLB' };

  return { IpType: owner?.interface.instanceId === undefined ? 'INVALID' : 'ECS' };
}

/** VPC access authorizations, and private domain names of instances. */
export const vpcAccessActions = family({
  /** Authorizes the gateway to call one port of one instance or address of a VPC. */
  SetVpcAccess: {
    parameters: {
      Name: required({ type: 'string', length: [1, 128] }),
      VpcId: required(text),
      InstanceId: required(text),
      Port: required(whole),
      Description: { type: 'string', length: [0, 200] },
      VpcTargetHostName: text,
      Tag: tagList,
    },
    run(call, input) {
      const { Name, VpcId, InstanceId, Port, Description = '', VpcTargetHostName = '' } = input;
      checkVpcTarget(call.state, input);
      if (findVpcAccessByName(call.state, Name)) throw say.duplicate('Name');
      if (findVpcAccess(call.state, input)) throw say.duplicate('VpcAccess');

      const VpcAccessId = call.id('', 32, 'hex');
      call.state.cloudApi.vpcAccesses.set(VpcAccessId, {
        VpcAccessId,
        Name,
        VpcId,
        InstanceId,
        Port,
        VpcTargetHostName,
        Description,
        RegionId: call.region,
        CreatedTime: written(call.now),
      });
      putTags(call.state, 'vpcAccess', VpcAccessId, input.Tag);
      return { VpcAccessId };
    },
  },

  /**
   * Changes the target of an authorization at once, and the published APIs that use it in a task. The name identifies
   * the authorization and stays. NeedBatchWork has no effect any more: published APIs always follow.
   */
  ModifyVpcAccessAndUpdateApis: {
    parameters: {
      Name: required(text),
      VpcId: text,
      InstanceId: text,
      Port: whole,
      VpcTargetHostName: text,
      Refresh: flag,
      NeedBatchWork: flag,
      Token: { type: 'string', length: [0, 64] },
    },
    run(call, input) {
      const row = findVpcAccessByName(call.state, input.Name) ?? raise(say.notFound('Vpc'));

      checkFreshToken(call, 'ModifyVpcAccessAndUpdateApis', input);
      const { VpcId, InstanceId, Port, VpcTargetHostName } = input;
      const changed = { ...row, ...defined({ VpcId, InstanceId, Port, VpcTargetHostName }) };
      checkVpcTarget(call.state, changed);
      const other = findVpcAccess(call.state, changed);
      if (other && other.VpcAccessId !== row.VpcAccessId) throw say.duplicate('VpcAccess');

      call.state.cloudApi.vpcAccesses.set(row.VpcAccessId, changed);
      useToken(call, 'ModifyVpcAccessAndUpdateApis', input);
      return { OperationId: startTask(call, 'update-vpc', row.Name, publishedWithAccess(call, row.Name)) };
    },
  },

  /** Removes an authorization by its VPC, instance and port. APIs that use it stay published, and lose their backend. */
  RemoveVpcAccess: {
    parameters: { VpcId: required(text), InstanceId: required(text), Port: required(whole), NeedBatchWork: flag },
    run(call, input) {
      const { Name } = getVpcAccess(call.state, input);
      const uses = publishedWithAccess(call, Name);
      removeAccess(call, Name);
      const stageIdOf = (groupId: string, stage: string) =>
        call.state.cloudApi.groups.get(groupId)?.stages.find(({ name }) => name === stage)?.id ?? '';
      return {
        Apis: {
          Api: uses.map(({ api, row }) => ({
            ApiId: api.id,
            GroupId: api.groupId,
            StageId: stageIdOf(api.groupId, row.stageName),
          })),
        },
      };
    },
  },

  /** Removes the APIs of an authorization from their stages, in a task, and deletes the authorization. */
  RemoveVpcAccessAndAbolishApis: {
    parameters: { VpcId: required(text), InstanceId: required(text), Port: required(whole), NeedBatchWork: flag },
    run(call, input) {
      const { Name } = getVpcAccess(call.state, input);
      return { OperationId: startTask(call, 'abolish', Name, publishedWithAccess(call, Name)) };
    },
  },

  /** Lists authorizations. A name finds all that contain it, unless the query is to be accurate. */
  DescribeVpcAccesses: numberedList({
    parameters: { Name: text, Port: text, AccurateQuery: flag, Tag: tagList },
    rows: ({ state }, { Name = '', Port, AccurateQuery = false, Tag }) =>
      [...state.cloudApi.vpcAccesses.values()]
        .filter(
          (row) =>
            (AccurateQuery ? admits(Name, row.Name) : row.Name.includes(Name)) &&
            admits(Port, String(row.Port)) &&
            hasTags(state, 'vpcAccess', row.VpcAccessId, Tag),
        )
        .map((row) => ({ ...row, Tags: tagInfo(state, 'vpcAccess', row.VpcAccessId) })),
    same: ['VpcId', 'InstanceId', 'VpcAccessId'],
    as: ['VpcAccessAttributes', 'VpcAccessAttribute'],
  }),

  /** The progress of ModifyVpcAccessAndUpdateApis: one row per published API. */
  DescribeUpdateVpcInfoTask: action({ OperationUid: required(text) }, ({ state }, { OperationUid }) => {
    const { items } = getTask(state, OperationUid, 'update-vpc');
    const rows = items.map((item) => ({ ...taskItem(item), UpdateStatus: item.status }));
    return { ApiUpdateVpcInfoResults: { ApiUpdateVpcInfoResult: rows } };
  }),

  /**
   * Checks whether an instance reaches the target of an authorization, with all filters on the path. An address is
   * reported as ECS or SLB. An address that belongs to neither is INVALID, an on-premises address too [?].
   */
  ValidateVpcConnectivity: {
    parameters: { InstanceId: required(text), VpcAccessId: required(text) },
    run(call, { InstanceId, VpcAccessId }) {
      const { id, connection } = getInstance(call.state, InstanceId);
      const access = call.state.cloudApi.vpcAccesses.get(VpcAccessId) ?? raise(say.notFound('Vpc'));

      const isOtherVpc = connection !== undefined && connection.vpcId !== access.VpcId;
      const Connected = !isOtherVpc && connects(call, id, access.InstanceId, access.Port).connects;
      return { Connected, ...ipType(call.state, access) };
    },
  },

  /** Makes a private domain: A records, or, for conventional instances, an authorization's host. */
  CreatePrivateDNS: {
    parameters: dnsParameters,
    run({ state, now }, { IntranetDomain, Type, Records }) {
      checkDomain(IntranetDomain);
      const { privateDns } = state.cloudApi;
      const key = `${Type}/${IntranetDomain}`;
      if (privateDns.has(key)) throw say.duplicate('IntranetDomain');
      if (privateDns.size >= MAX_DOMAINS) throw say.exceeded('PrivateDNS');

      const row = { IntranetDomain, Type, Records: readRecords(Type, Records), BindInstances: [] };
      privateDns.set(key, { ...row, CreatedTime: written(now) });
      return {};
    },
  },

  /** Replaces a private domain's records. */
  UpdatePrivateDNS: {
    parameters: { ...dnsParameters, Records: required(dnsParameters.Records) },
    run({ state }, { IntranetDomain, Type, Records }) {
      const row = getPrivateDns(state, Type, IntranetDomain);
      const changed = { ...row, Records: readRecords(Type, Records) };
      for (const instanceId of row.BindInstances) checkAssociation(state, instanceId, changed);
      state.cloudApi.privateDns.set(`${Type}/${IntranetDomain}`, changed);
      return {};
    },
  },

  /** Deletes a private domain that no instance resolves, or, with `Force`, any. */
  DeletePrivateDNS: {
    parameters: { ...dnsKey, Force: flag },
    run({ state }, { IntranetDomain, Type, Force = false }) {
      const row = getPrivateDns(state, Type, IntranetDomain);
      if (row.BindInstances.length > 0 && !Force) throw say.inUse('PrivateDNS', 'Instance');

      state.cloudApi.privateDns.delete(`${Type}/${IntranetDomain}`);
      return {};
    },
  },

  /** Lists private domains, with the instances that resolve them. */
  ListPrivateDNS: action({ IntranetDomain: text, Type: text, ...PAGE }, ({ state }, input) => {
    const { IntranetDomain = '' } = input;
    const rows = [...state.cloudApi.privateDns.values()].filter(
      (row) => row.IntranetDomain.includes(IntranetDomain) && admitsShown(input, row, 'Type'),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    return { ...numbers, PrivateDNSList: items };
  }),

  /** Lets an instance resolve private domains: of type A, if it is a VPC integration instance, otherwise of type VPC. */
  AssociateInstanceWithPrivateDNS: action(dnsAssociation, ({ state }, { InstanceId, IntranetDomains }) => {
    const { kind } = getInstance(state, InstanceId);
    const type = kind === 'vpc_connect' ? 'A' : 'VPC';
    const rows = IntranetDomains.map((domain) => getPrivateDns(state, type, domain));
    for (const row of rows) checkAssociation(state, InstanceId, row);
    for (const row of rows) {
      const BindInstances = [...new Set([...row.BindInstances, InstanceId])];
      state.cloudApi.privateDns.set(`${type}/${row.IntranetDomain}`, { ...row, BindInstances });
    }
    return {};
  }),

  /** Removes private domains from an instance. */
  DissociateInstanceWithPrivateDNS: action(dnsAssociation, ({ state }, { InstanceId, IntranetDomains }) => {
    const { kind } = getInstance(state, InstanceId);
    const type = kind === 'vpc_connect' ? 'A' : 'VPC';
    const rows = IntranetDomains.map((domain) => getPrivateDns(state, type, domain));
    for (const row of rows) {
      const BindInstances = row.BindInstances.filter((id) => id !== InstanceId);
      state.cloudApi.privateDns.set(`${type}/${row.IntranetDomain}`, { ...row, BindInstances });
    }
    return {};
  }),
});
