import { ownValue } from '../../../simulation/own-value.js';
import type { FlowLog } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { DEFAULT_FORMAT } from '../flow-log/flow-records.js';
import type { FlowLogRow } from '../flow-log/state.js';
import { family, listing, tagListOrNone, tagsFrom } from '../request/family.js';
import { getRow, ID } from '../request/ids.js';
import { need, oncePerToken, refuse } from '../request/text-rules.js';
import type { Ec2State } from '../state.js';

/** What flow logs are made for, by the type of the request. */
const RESOURCES = {
  VPC: (ec2: Ec2State, id: string) => getRow(ec2, ID.vpc, id),
  Subnet: (ec2: Ec2State, id: string) => getRow(ec2, ID.subnet, id),
  NetworkInterface: (ec2: Ec2State, id: string) => getRow(ec2, ID.networkInterface, id),
};

const invalid = (message: string) => new ServiceError('InvalidParameter', message);

/**
 * Flow logs. Their records are those of the interfaces of VPC links, as the data path uses them. Records for S3 and
 * Firehose are not written.
 */
export const flowLogOperations = family({
  /** One flow log for each resource. The sentences are those of public reports, `[U]` where none was found. */
  CreateFlowLogs(call, input) {
    refuse(input, ['DestinationOptions', 'DeliverCrossAccountRole']);
    const { TrafficType } = input;
    const type = need(input.ResourceType, 'resourceType');
    const find = ownValue(RESOURCES, type);
    if (!find) throw new ServiceError('UnsupportedOperation', `Flow logs of the type ${type} are not simulated.`);
    if (TrafficType === undefined) throw invalid('TrafficType is required for this resource type.'); // [U]

    const interval = input.MaxAggregationInterval ?? 600;
    if (interval !== 60 && interval !== 600) throw invalid('MaxAggregationInterval must be 60 or 600.'); // [U]

    const destinationType = input.LogDestinationType ?? 'cloud-watch-logs';
    const logGroupName = destinationType === 'cloud-watch-logs' ? groupOf(input) : undefined;
    if (destinationType === 'cloud-watch-logs' && input.DeliverLogsPermissionArn === undefined) {
      throw invalid("DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.");
    }

    const tags = tagsFrom(input.TagSpecifications, 'vpc-flow-log');
    const { ec2 } = call.state;
    const made = (need(input.ResourceIds, 'resourceId') as string[]).map((resourceId) => {
      find(ec2, resourceId);
      return oncePerToken(call, `CreateFlowLogs ${resourceId}`, input, ec2.flowLogs, () => {
        const same = [...ec2.flowLogs.values()].some(
          ({ fields }) =>
            fields.ResourceId === resourceId &&
            fields.LogGroupName === logGroupName &&
            fields.LogDestination === input.LogDestination,
        );
        if (same) {
          const message = 'There is an existing Flow Log with the same configuration and log destination.';
          throw new ServiceError('FlowLogAlreadyExists', message);
        }

        const row: FlowLogRow = {
          id: call.id('fl-'),
          fields: {
            CreationTime: new Date(call.now),
            DeliverLogsPermissionArn: input.DeliverLogsPermissionArn,
            DeliverLogsStatus: 'SUCCESS',
            FlowLogStatus: 'ACTIVE',
            LogGroupName: logGroupName,
            ResourceId: resourceId,
            TrafficType,
            LogDestinationType: destinationType,
            LogDestination: input.LogDestination,
            LogFormat: input.LogFormat ?? DEFAULT_FORMAT,
            MaxAggregationInterval: interval,
          },
          tags: { ...tags },
        };
        ec2.flowLogs.set(row.id, row);
        return row;
      });
    });
    if (logGroupName !== undefined) addGroup(call, logGroupName);
    return { FlowLogIds: made.map(({ id }) => id), ClientToken: input.ClientToken, Unsuccessful: [] };
  },

  DeleteFlowLogs(call, input) {
    const { flowLogs } = call.state.ec2;
    const absent = need(input.FlowLogIds, 'flowLogId').filter((id) => !flowLogs.delete(id));
    const failure = (id: string) => ({
      Code: ID.flowLog.notFound,
      Message: `These flow log ids in the input list are not found: [TotalCount: 1] ${id}`,
    });
    return { Unsuccessful: absent.map((id) => ({ ResourceId: id, Error: failure(id) })) };
  },

  DescribeFlowLogs: listing({
    of: ID.flowLog,
    as: 'FlowLogs',
    view,
    size: [1, 1000],
    filters: 'log-destination-type flow-log-id log-group-name resource-id traffic-type',
    otherFilters: { 'deliver-log-status': () => 'SUCCESS' },
  }),
});

/** The name, or that in the ARN of a log group. */
function groupOf(input: { LogGroupName?: string | undefined; LogDestination?: string | undefined }): string {
  const name = input.LogGroupName ?? /:log-group:([^:]+)/.exec(input.LogDestination ?? '')?.[1];
  if (name === undefined) throw invalid('LogDestination or LogGroupName is required.'); // [U]

  return name;
}

/** The first delivery creates the group. */
function addGroup({ state: { logs }, now }: AwsCall, name: string): void {
  if (logs.groups.has(name)) return;

  const plain = { kmsKeyId: undefined, retentionInDays: undefined, deletionProtection: false, tags: {} };
  logs.groups.set(name, { name, createdAt: Math.floor(now), logGroupClass: 'STANDARD', ...plain });
}

function view({ id, fields, tags }: FlowLogRow): FlowLog {
  return { ...fields, FlowLogId: id, Tags: tagListOrNone(tags) };
}
