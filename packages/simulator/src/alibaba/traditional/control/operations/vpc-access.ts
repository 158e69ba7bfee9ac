import type { DescribeVpcAccessesRequest } from '@alicloud/cloudapi20160714';
import { targetKind, checkVpcTarget } from '../backend/backend-address.js';
import { family, pages, tagList, say, checkFreshToken, useToken, written } from '../request/parameters.js';
import { findVpcAccess, findVpcAccessByName, getInstance, getTask, getVpcAccess } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import { taskItem, publishedWithAccess, removeAccess, startTask } from '../task.js';
import { connects } from '../../../connects/connects.js';
import { addressOwner } from '../../../vpc/network.js';
import type { Wire } from '../../../operation/operation.js';
import { page } from '../../../operation/page.js';
import type { VpcAccessRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/region-state.js';
import { flag, required, text, whole } from '../../../operation/parameters.js';

type DescribeVpcAccessesInput = Wire<DescribeVpcAccessesRequest>;

/** VPC access authorizations. */
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

      const id = call.id('', 32, 'hex');
      call.state.cloudApi.vpcAccesses.set(id, {
        id,
        name: Name,
        vpcId: VpcId,
        instanceId: InstanceId,
        port: Port,
        targetHostName: VpcTargetHostName,
        description: Description,
        createdAt: call.now,
      });
      putTags(call.state, 'vpcAccess', id, input.Tag);
      return { VpcAccessId: id };
    },
  },

  /**
   * Changes the target of an authorization at once, and the published APIs that use it in a task. The name
   * identifies the authorization and stays. NeedBatchWork has no effect any more: published APIs always
   * follow.
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
      const row = findVpcAccessByName(call.state, input.Name);
      if (!row) throw say.notFound('Vpc');

      checkFreshToken(call, 'ModifyVpcAccessAndUpdateApis', input);
      const { VpcId = row.vpcId, InstanceId = row.instanceId, Port = row.port } = input;
      const triple = { VpcId, InstanceId, Port };
      checkVpcTarget(call.state, triple);
      const other = findVpcAccess(call.state, triple);
      if (other && other.id !== row.id) throw say.duplicate('VpcAccess');

      const { VpcTargetHostName: targetHostName = row.targetHostName } = input;
      const changed = { ...row, vpcId: VpcId, instanceId: InstanceId, port: Port, targetHostName };
      call.state.cloudApi.vpcAccesses.set(row.id, changed);
      useToken(call, 'ModifyVpcAccessAndUpdateApis', input);
      return { OperationId: startTask(call, 'update-vpc', row.name, publishedWithAccess(call, row.name)) };
    },
  },

  /** Removes an authorization by its VPC, instance and port. APIs that use it stay published, and lose their backend. */
  RemoveVpcAccess: {
    parameters: { VpcId: required(text), InstanceId: required(text), Port: required(whole), NeedBatchWork: flag },
    run(call, input) {
      const access = getVpcAccess(call.state, input);
      const uses = publishedWithAccess(call, access.name);
      removeAccess(call, access.name);
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
      const { name } = getVpcAccess(call.state, input);
      return { OperationId: startTask(call, 'abolish', name, publishedWithAccess(call, name)) };
    },
  },

  /** Lists authorizations. A name finds all that contain it, unless the query is to be accurate. */
  DescribeVpcAccesses: {
    parameters: {
      Name: text,
      VpcId: text,
      InstanceId: text,
      Port: text,
      VpcAccessId: text,
      AccurateQuery: flag,
      Tag: tagList,
      ...pages,
    },
    run({ state, region }, input) {
      const rows = [...state.cloudApi.vpcAccesses.values()].filter(
        (row) => fits(row, input) && hasTags(state, 'vpcAccess', row.id, input.Tag),
      );
      const { items, numbers } = page(rows, input, { largest: 100 });
      const attributes = items.map((row) => ({
        VpcAccessId: row.id,
        Name: row.name,
        VpcId: row.vpcId,
        InstanceId: row.instanceId,
        Port: row.port,
        VpcTargetHostName: row.targetHostName,
        Description: row.description,
        RegionId: region,
        CreatedTime: written(row.createdAt),
        Tags: tagInfo(state, 'vpcAccess', row.id),
      }));
      return { ...numbers, VpcAccessAttributes: { VpcAccessAttribute: attributes } };
    },
  },

  /** The progress of ModifyVpcAccessAndUpdateApis: one row per published API. */
  DescribeUpdateVpcInfoTask: {
    parameters: { OperationUid: required(text) },
    run({ state }, { OperationUid }) {
      const { items } = getTask(state, OperationUid, 'update-vpc');
      const rows = items.map((item) => ({ ...taskItem(item), UpdateStatus: item.status }));
      return { ApiUpdateVpcInfoResults: { ApiUpdateVpcInfoResult: rows } };
    },
  },

  /**
   * Checks whether an instance reaches the target of an authorization, with all filters on the path. An
   * address is reported as ECS or SLB. An address that belongs to neither is INVALID, an on-premises address
   * too [?].
   */
  ValidateVpcConnectivity: {
    parameters: { InstanceId: required(text), VpcAccessId: required(text) },
    run(call, { InstanceId, VpcAccessId }) {
      const { id, connection } = getInstance(call.state, InstanceId);
      const access = call.state.cloudApi.vpcAccesses.get(VpcAccessId);
      if (!access) throw say.notFound('Vpc');

      const isOtherVpc = connection !== undefined && connection.vpcId !== access.vpcId;
      const Connected = !isOtherVpc && connects(call, id, access.instanceId, access.port).connects;
      return { Connected, ...ipType(call.state, access) };
    },
  },
});

function fits(
  row: VpcAccessRow,
  { Name = '', VpcId = '', InstanceId = '', Port = '', ...input }: DescribeVpcAccessesInput,
): boolean {
  const { VpcAccessId = '', AccurateQuery = false } = input;
  return (
    (AccurateQuery ? Name === '' || row.name === Name : row.name.includes(Name)) &&
    (VpcId === '' || row.vpcId === VpcId) &&
    (InstanceId === '' || row.instanceId === InstanceId) &&
    (Port === '' || String(row.port) === Port) &&
    (VpcAccessId === '' || row.id === VpcAccessId)
  );
}

function ipType(state: AlibabaRegionState, { vpcId, instanceId }: VpcAccessRow): { IpType?: string } {
  if (targetKind(instanceId) !== 'ADDRESS') return {};

  const owner = addressOwner(state, vpcId, instanceId);
  if (owner?.kind === 'load-balancer') return { IpType: 'SLB' };

  return { IpType: owner?.interface.instanceId === undefined ? 'INVALID' : 'ECS' };
}
