import type * as sdk from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { type AwsCall, type AnyOperation, type MemberLimit, ServiceError } from '../operation/operation.js';
import { flowEvents } from '../ec2/flow-log/flow-records.js';
import { collection, withoutTags, limited, familyOf, type GivenFamily, page } from '../operation/family.js';
import type { LogGroupRow } from './state.js';

/**
 * Operations of CloudWatch Logs.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html (each: `API_<name>.html`)
 */
const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'logs' });

const NAME: MemberLimit = { length: [1, 512], pattern: /^[.\-_/#A-Za-z0-9]+$/ };
const GROUP = { logGroupName: NAME };
/** Days. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION = '1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653'
  .split(' ')
  .map(Number);

const groups = collection<LogGroupRow>({
  rows: ({ state }) => state.logs.groups,
  missing: () => new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.'),
  exists: () => new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists'),
});

/** Log groups. Only flow logs write to them. */
export const operations: readonly AnyOperation[] = family({
  CreateLogGroup: {
    limits: {
      ...GROUP,
      'tags{}': { length: [0, 256] },
      logGroupClass: { values: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] },
    },
    run(call, input) {
      groups.add(call, input.logGroupName, {
        name: input.logGroupName,
        createdAt: Math.floor(call.now),
        logGroupClass: input.logGroupClass ?? 'STANDARD',
        kmsKeyId: input.kmsKeyId,
        retentionInDays: undefined,
        deletionProtection: input.deletionProtectionEnabled ?? false,
        tags: { ...input.tags },
      });
      return {};
    },
  },

  DeleteLogGroup: limited(GROUP, (call, input) => {
    groups.remove(call, input.logGroupName, ({ deletionProtection }) => {
      if (!deletionProtection) return;

      throw new ServiceError('OperationAbortedException', 'Deletion protection is enabled on the log group.'); // [U]
    });
    return {};
  }),

  DescribeLogGroups: limited({ logGroupNamePrefix: NAME, logGroupNamePattern: { length: [0, 512] } }, (call, input) => {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupClass, logGroupIdentifiers } = input;
    if (prefix !== undefined && pattern !== undefined) {
      throw new ServiceError(
        'InvalidParameterException',
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
      );
    }

    const wanted = logGroupIdentifiers?.map((identifier) => identifierName(identifier));
    const rows = groups
      .all(call)
      .filter(
        ({ name, ...row }) =>
          name.startsWith(prefix ?? '') &&
          name.includes(pattern ?? '') &&
          (logGroupClass ?? row.logGroupClass) === row.logGroupClass &&
          (wanted?.includes(name) ?? true),
      );
    const { items, next } = page(
      rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      { size: input.limit, token: input.nextToken },
      { service: 'logs', list: 'DescribeLogGroups', largest: 50, key: ({ name }) => name },
    );
    return { logGroups: items.map((row) => view(call, row)), nextToken: next };
  }),

  /** The records of flow logs; a pattern is not simulated. Names of streams that do not exist match nothing. */
  FilterLogEvents: {
    limits: { ...GROUP, logStreamNamePrefix: { length: [1, 512] }, filterPattern: { length: [0, 1024] } },
    run(call, input) {
      const group = byIdentifier(call, input.logGroupName ?? input.logGroupIdentifier ?? '');
      if ((input.filterPattern ?? '') !== '')
        throw new ServiceError('UnsupportedOperation', 'Patterns are not simulated.');

      const { logStreamNames: names, logStreamNamePrefix: prefix = '', startTime = 0, endTime = call.now } = input;
      if (names !== undefined && prefix !== '') {
        throw new ServiceError('InvalidParameterException', 'Specify either logStreamNames or logStreamNamePrefix.'); // [U]
      }

      const events = flowEvents(call.state, group.name, call.account, call.now).filter(
        ({ logStreamName = '', timestamp = 0 }) =>
          (names?.includes(logStreamName) ?? logStreamName.startsWith(prefix)) &&
          timestamp >= startTime &&
          timestamp < endTime,
      );
      const { items, next } = page(
        events,
        { size: input.limit, token: input.nextToken },
        {
          service: 'logs',
          list: 'FilterLogEvents',
          largest: 10_000,
          key: ({ eventId = '' }) => eventId,
        },
      );
      return { events: items, nextToken: next };
    },
  },

  PutRetentionPolicy: limited(GROUP, (call, input) => {
    if (!RETENTION.includes(input.retentionInDays)) {
      const message = `1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION.join(', ')}]`;
      throw new ServiceError('InvalidParameterException', message);
    }

    groups.get(call, input.logGroupName).retentionInDays = input.retentionInDays;
    return {};
  }),

  DeleteRetentionPolicy: limited(GROUP, (call, input) => {
    groups.get(call, input.logGroupName).retentionInDays = undefined;
    return {};
  }),

  PutLogGroupDeletionProtection(call, input) {
    byIdentifier(call, input.logGroupIdentifier).deletionProtection = input.deletionProtectionEnabled;
    return {};
  },

  TagResource(call, input) {
    const row = byIdentifier(call, input.resourceArn);
    row.tags = { ...row.tags, ...input.tags };
    return {};
  },

  UntagResource(call, input) {
    const row = byIdentifier(call, input.resourceArn);
    row.tags = withoutTags(row.tags, input.tagKeys);
    return {};
  },

  ListTagsForResource: (call, input) => ({ tags: byIdentifier(call, input.resourceArn).tags }),
});

/** The name in an ARN, with `:*` or without, or in a name. */
const identifierName = (identifier: string): string =>
  /^arn:[^:]*:logs:[^:]*:\d*:log-group:([^:]+)(?::\*)?$/.exec(identifier)?.[1] ?? identifier;

const byIdentifier = (call: AwsCall, identifier: string) => groups.get(call, identifierName(identifier));

function view(call: AwsCall, row: LogGroupRow): LogGroup {
  const arn = `arn:${call.partition}:logs:${call.region}:${call.account}:log-group:${row.name}`;
  return {
    logGroupName: row.name,
    logGroupArn: arn,
    arn: `${arn}:*`,
    creationTime: row.createdAt,
    retentionInDays: row.retentionInDays,
    metricFilterCount: 0,
    storedBytes: 0,
    kmsKeyId: row.kmsKeyId,
    logGroupClass: row.logGroupClass,
    deletionProtectionEnabled: row.deletionProtection,
  };
}
