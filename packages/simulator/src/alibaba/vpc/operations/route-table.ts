import { vpcFamily, newId, checkTexts, seconds, clientToken, tags } from '../request/text-rules.js';
import { getRouteTable, getVpc, getVSwitch } from '../request/lists.js';
import { hasTags, readTags } from '../request/tags.js';
import { entriesOf, routeTableView, vSwitchesOf } from '../route-entries.js';
import { AlibabaError } from '../../operation/operation.js';
import { admits, numberedList, neededText, oneOf, text, action } from '../../operation/family.js';

export const routeTableActions = vpcFamily({
  CreateRouteTable: {
    parameters: {
      VpcId: neededText,
      RouteTableName: text,
      Description: text,
      AssociateType: oneOf('VSwitch'),
      Tag: tags,
      ClientToken: clientToken,
    },
    run(call, { VpcId, RouteTableName = '', Description = '', Tag }) {
      const { routeTables } = call.state.network;
      const vpc = getVpc(call.state, VpcId);
      checkTexts('RouteTable', RouteTableName, Description);
      const rowTags = readTags(Tag);
      const custom = [...routeTables.values()].filter(({ vpcId, kind }) => vpcId === vpc.id && kind === 'Custom');
      if (custom.length >= call.quota('route-tables-per-alibaba-vpc')) {
        throw new AlibabaError('QuotaExceeded.RouteTable', 'Route table quota exceeded in this VPC.'); // [?] the words
      }

      const id = newId(call, 'vtb');
      routeTables.set(id, {
        id,
        vpcId: vpc.id,
        kind: 'Custom',
        name: RouteTableName,
        description: Description,
        entries: [],
        createdAt: call.now,
        tags: rowTags,
      });
      return { RouteTableId: id };
    },
  },

  DeleteRouteTable: action({ RouteTableId: neededText }, (call, { RouteTableId }) => {
    const row = getRouteTable(call.state, RouteTableId);
    if (row.kind === 'System') {
      throw new AlibabaError(
        'IncorrectRouteTableType',
        "Route table can be deleted by this action only when it's type is custom.",
      );
    }
    if (row.entries.length > 0) {
      throw new AlibabaError(
        'IncorrectRouteTableStatus.RouteEntryExist',
        'You cannot delete the specified route table because it still has custom route entry.',
      );
    }
    if (vSwitchesOf(call, row.id).length > 0) {
      throw new AlibabaError('DependencyViolation.VSwitch', 'Specified object has dependent resources.'); // [?] the code
    }

    call.state.network.routeTables.delete(row.id);
    return {};
  }),

  DescribeRouteTableList: numberedList({
    parameters: { RouteTableType: oneOf('System', 'Custom'), RouterType: oneOf('VRouter', 'VBR'), Tag: tags },
    rows: (call, { Tag }) =>
      [...call.state.network.routeTables.values()]
        .filter((row) => hasTags(row.tags, Tag))
        .map((row) => routeTableView(call, row)),
    same: ['VpcId', 'RouteTableId', 'RouteTableName', 'RouteTableType', 'RouterId', 'RouterType'],
    as: ['RouterTableList', 'RouterTableListType'],
    largest: 50,
  }),

  /** The older list, with each table's entries. */
  DescribeRouteTables: numberedList({
    parameters: { RouteTableName: text, RouterId: text, RouterType: oneOf('VRouter', 'VBR') },
    rows(call, { RouteTableName, RouterId, RouterType }) {
      const { network } = call.state;
      const routerOf = (vpcId: string) => network.vpcs.get(vpcId)?.routerId ?? '';
      return [...network.routeTables.values()]
        .filter(
          (row) => admits(RouteTableName, row.name) && admits(RouterId, routerOf(row.vpcId)) && RouterType !== 'VBR',
        )
        .map((row) => ({
          CreationTime: seconds(row.createdAt),
          RouteTableId: row.id,
          RouteTableType: row.kind,
          Status: 'Available',
          VRouterId: routerOf(row.vpcId),
          VSwitchIds: { VSwitchId: vSwitchesOf(call, row.id) },
          RouteEntrys: {
            RouteEntry: entriesOf(network, row).map((entry) => ({
              Description: entry.description,
              DestinationCidrBlock: entry.destinationCidrBlock,
              InstanceId: entry.nextHopId,
              NextHopType: entry.nextHopType,
              NextHops: { NextHop: [] },
              RouteEntryId: entry.id,
              RouteEntryName: entry.name,
              RouteTableId: row.id,
              Status: 'Available',
              Type: entry.type,
            })),
          },
        }));
    },
    same: ['RouteTableId', 'VRouterId'],
    as: ['RouteTables', 'RouteTable'],
    largest: 50,
  }),

  AssociateRouteTable: {
    parameters: { RouteTableId: neededText, VSwitchId: neededText, ClientToken: clientToken },
    run({ state }, { RouteTableId, VSwitchId }) {
      const table = getRouteTable(state, RouteTableId);
      const vSwitch = getVSwitch(state, VSwitchId);
      if (table.vpcId !== vSwitch.vpcId) {
        throw new AlibabaError('InvalidVSwitchId.Mismatch', 'The vSwitch and the route table are not in the same VPC.'); // [?]
      }
      if (table.kind === 'System') {
        // [?] the words
        throw new AlibabaError('OperationUnsupported.SystemRouteTable', 'System route table can not be associated.');
      }
      if (state.network.routeTables.get(vSwitch.routeTableId)?.kind === 'Custom') {
        throw new AlibabaError('InvalidBindingStatus.RouteTable', 'The vSwitch has a custom route table already.'); // [?]
      }

      vSwitch.routeTableId = table.id;
      return {};
    },
  },

  /** The vSwitch uses the system table again. */
  UnassociateRouteTable: {
    parameters: { RouteTableId: neededText, VSwitchId: neededText, ClientToken: clientToken },
    run({ state }, { RouteTableId, VSwitchId }) {
      const table = getRouteTable(state, RouteTableId);
      const vSwitch = getVSwitch(state, VSwitchId);
      if (vSwitch.routeTableId !== table.id) {
        throw new AlibabaError(
          'InvalidBindingStatus.RouteTable',
          'The specified virtual switch and route table does not bind',
          404,
        );
      }
      if (table.kind === 'System') {
        throw new AlibabaError(
          'OperationUnsupported.SystemRouteTable',
          'System route table can not be unassociated.',
          404,
        );
      }

      vSwitch.routeTableId = getVpc(state, vSwitch.vpcId).routeTableId;
      return {};
    },
  },
});
