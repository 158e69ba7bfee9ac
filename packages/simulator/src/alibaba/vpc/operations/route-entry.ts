import { admitsAny, getRouteTable } from '../request/lists.js';
import { vpcFamily, clientToken, checkTexts } from '../request/text-rules.js';
import { addEntry, checkNextHop, entriesOf, findEntry, routeEntryView } from '../route-entries.js';
import { pageByToken, admits, flag, neededText, oneOf, text, texts, whole } from '../../operation/family.js';

export const routeEntryActions = vpcFamily({
  CreateRouteEntry: {
    parameters: {
      RouteTableId: neededText,
      DestinationCidrBlock: neededText,
      NextHopType: text,
      NextHopId: text,
      RouteEntryName: text,
      Description: text,
      ClientToken: clientToken,
      DryRun: flag,
    },
    run(call, input) {
      const row = addEntry(call, getRouteTable(call.state, input.RouteTableId), {
        destination: input.DestinationCidrBlock,
        nextHopType: input.NextHopType ?? 'Instance',
        nextHopId: input.NextHopId ?? '',
        name: input.RouteEntryName ?? '',
        description: input.Description ?? '',
      });
      return { RouteEntryId: row.id };
    },
  },

  /**
   * Renames a user's entry, or sets another next hop; its destination stays. By its id, or by table and destination.
   */
  ModifyRouteEntry: {
    parameters: {
      RouteEntryId: text,
      RouteTableId: text,
      DestinationCidrBlock: text,
      RouteEntryName: text,
      Description: text,
      NewNextHopId: text,
      NewNextHopType: text,
      DryRun: flag,
    },
    run(call, input) {
      const { table, entry } = findEntry(call, input);
      checkTexts('RouteEntry', input.RouteEntryName, input.Description);
      const nextHop = {
        nextHopType: input.NewNextHopType ?? entry.nextHopType,
        nextHopId: input.NewNextHopId ?? entry.nextHopId,
      };
      checkNextHop(call.state.network, table, nextHop);
      const changed = {
        ...entry,
        ...nextHop,
        name: input.RouteEntryName ?? entry.name,
        description: input.Description ?? entry.description,
      };
      table.entries = table.entries.map((row) => (row === entry ? changed : row));
      return {};
    },
  },

  /** By the entry's id, or by table, destination and next hop. */
  DeleteRouteEntry: {
    parameters: { RouteEntryId: text, RouteTableId: text, DestinationCidrBlock: text, NextHopId: text, DryRun: flag },
    run(call, input) {
      const { table, entry } = findEntry(call, input);
      table.entries = table.entries.filter((row) => row !== entry);
      return {};
    },
  },

  DescribeRouteEntryList: {
    parameters: {
      RouteTableId: neededText,
      RouteEntryId: text,
      RouteEntryName: text,
      RouteEntryType: oneOf('Custom', 'System', 'BGP', 'CEN', 'ECR'),
      DestinationCidrBlock: text,
      DestCidrBlockList: texts,
      NextHopId: text,
      NextHopType: text,
      IpVersion: oneOf('IPv4', 'IPv6', 'ipv4', 'ipv6'),
      MaxResult: whole,
      NextToken: text,
    },
    run({ state }, input) {
      const table = getRouteTable(state, input.RouteTableId);
      const rows = entriesOf(state.network, table).filter(
        (row) =>
          admits(input.RouteEntryId, row.id) &&
          admits(input.RouteEntryName, row.name) &&
          admits(input.RouteEntryType, row.type) &&
          admits(input.DestinationCidrBlock, row.destinationCidrBlock) &&
          admitsAny(input.DestCidrBlockList, [row.destinationCidrBlock]) &&
          admits(input.NextHopId, row.nextHopId) &&
          admits(input.NextHopType, row.nextHopType) &&
          input.IpVersion?.toLowerCase() !== 'ipv6',
      );
      const { items, NextToken } = pageByToken(
        rows,
        { MaxResults: input.MaxResult, NextToken: input.NextToken },
        {
          operation: { product: 'Vpc', name: 'DescribeRouteEntryList' },
          list: table.id,
          defaultSize: 10,
          largest: 100,
          key: ({ id }) => id,
        },
      );
      return {
        NextToken,
        TotalCount: rows.length,
        RouteEntrys: { RouteEntry: items.map((row) => routeEntryView(table.id, row)) },
      };
    },
  },
});
