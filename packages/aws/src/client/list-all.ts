import { defined, collectPages, type CallContext, type Sent } from '@postern/core/internal/adapter';
import type { ServiceName } from './client.js';
import { API_GATEWAY_PAGE, LOAD_BALANCING_PAGE, REST_PAGE } from '../limits.js';
import { allSent, sent, type InputOf, type OperationOf, type OutputOf, type Session } from './session.js';

type ItemOf<Page, Member extends keyof Page> = NonNullable<Page[Member]> extends readonly (infer Item)[] ? Item : never;

/** One of AWS's paged lists. */
type PagedList<S extends ServiceName, O extends OperationOf<S>> = {
  readonly [Member in keyof OutputOf<S, O> & string]: readonly [
    member: Member,
    key: (keyof ItemOf<OutputOf<S, O>, Member> & string) | undefined,
    size: Partial<InputOf<S, O>>,
    others?: readonly (keyof ItemOf<OutputOf<S, O>, Member> & string)[],
  ];
}[keyof OutputOf<S, O> & string];

/**
 * The lists that are read: the member of a page that holds its items, the member that identifies an item (undefined where items may
 * be equal), the size of pages, and which other members an item always has.
 */
const LISTS = {
  acm: { ListCertificates: ['CertificateSummaryList', 'CertificateArn', { MaxItems: 1000 }] },
  apigateway: {
    GetBasePathMappings: ['items', 'basePath', { limit: REST_PAGE }],
    GetClientCertificates: ['items', 'clientCertificateId', { limit: REST_PAGE }],
    GetDeployments: ['items', 'id', { limit: REST_PAGE }],
    GetResources: ['items', 'id', { limit: REST_PAGE }, ['path']],
    GetRestApis: ['items', 'id', { limit: REST_PAGE }, ['name']],
    GetUsagePlans: ['items', 'id', { limit: REST_PAGE }],
    GetVpcLinks: ['items', 'id', { limit: REST_PAGE }, ['name']],
  },
  apigatewayv2: {
    GetApiMappings: ['Items', 'ApiMappingId', { MaxResults: API_GATEWAY_PAGE }, ['ApiId']],
    GetApis: ['Items', 'ApiId', { MaxResults: API_GATEWAY_PAGE }, ['Name']],
    GetDeployments: ['Items', 'DeploymentId', { MaxResults: API_GATEWAY_PAGE }],
    GetDomainNames: ['Items', 'DomainName', { MaxResults: API_GATEWAY_PAGE }],
    GetIntegrations: ['Items', 'IntegrationId', { MaxResults: API_GATEWAY_PAGE }],
    GetRoutes: ['Items', 'RouteId', { MaxResults: API_GATEWAY_PAGE }, ['RouteKey']],
    GetStages: ['Items', 'StageName', { MaxResults: API_GATEWAY_PAGE }],
    GetVpcLinks: ['Items', 'VpcLinkId', { MaxResults: API_GATEWAY_PAGE }, ['Name']],
  },
  autoscaling: {
    // The largest page: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html
    DescribeAutoScalingGroups: ['AutoScalingGroups', 'AutoScalingGroupARN', { MaxRecords: 100 }],
  },
  directconnect: {
    DescribeDirectConnectGatewayAssociations: ['directConnectGatewayAssociations', undefined, {}],
    DescribeVirtualInterfaces: ['virtualInterfaces', 'virtualInterfaceId', {}, ['virtualInterfaceState']],
  },
  ec2: {
    DescribeFlowLogs: ['FlowLogs', 'FlowLogId', { MaxResults: 1000 }],
    // The largest page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html
    DescribeManagedPrefixLists: ['PrefixLists', 'PrefixListId', { MaxResults: 100 }],
    DescribeNetworkAcls: ['NetworkAcls', 'NetworkAclId', { MaxResults: 1000 }, ['VpcId']],
    DescribeNetworkInterfaces: ['NetworkInterfaces', 'NetworkInterfaceId', { MaxResults: 1000 }, ['VpcId', 'SubnetId']],
    // The largest page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html
    DescribeRouteTables: ['RouteTables', 'RouteTableId', { MaxResults: 100 }, ['VpcId']],
    DescribeSecurityGroups: ['SecurityGroups', 'GroupId', { MaxResults: 1000 }, ['GroupName', 'VpcId']],
    DescribeSubnets: ['Subnets', 'SubnetId', { MaxResults: 1000 }, ['VpcId', 'AvailabilityZoneId']],
    DescribeTransitGatewayAttachments: [
      'TransitGatewayAttachments',
      'TransitGatewayAttachmentId',
      { MaxResults: 1000 },
      ['ResourceType', 'State'],
    ],
    DescribeTransitGatewayRouteTables: [
      'TransitGatewayRouteTables',
      'TransitGatewayRouteTableId',
      { MaxResults: 1000 },
    ],
    DescribeTransitGatewayVpcAttachments: [
      'TransitGatewayVpcAttachments',
      'TransitGatewayAttachmentId',
      { MaxResults: 1000 },
    ],
    DescribeTransitGateways: ['TransitGateways', 'TransitGatewayId', { MaxResults: 1000 }, ['State']],
    DescribeVpcEncryptionControls: ['VpcEncryptionControls', 'VpcEncryptionControlId', { MaxResults: 1000 }, ['VpcId']],
    DescribeVpcEndpointServiceConfigurations: [
      'ServiceConfigurations',
      'ServiceId',
      { MaxResults: 1000 },
      ['ServiceName', 'ServiceState'],
    ],
    DescribeVpcEndpoints: ['VpcEndpoints', 'VpcEndpointId', { MaxResults: 1000 }, ['VpcId', 'State']],
    DescribeVpcPeeringConnections: ['VpcPeeringConnections', 'VpcPeeringConnectionId', { MaxResults: 1000 }],
    DescribeVpcs: ['Vpcs', 'VpcId', { MaxResults: 1000 }],
    GetManagedPrefixListEntries: ['Entries', 'Cidr', { MaxResults: 100 }],
  },
  // The largest page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html
  ecs: {
    ListClusters: ['clusterArns', undefined, { maxResults: 100 }],
    ListServices: ['serviceArns', undefined, { maxResults: 100 }],
  },
  elasticloadbalancing: {
    DescribeListenerCertificates: ['Certificates', undefined, { PageSize: LOAD_BALANCING_PAGE }],
    DescribeListeners: ['Listeners', 'ListenerArn', { PageSize: LOAD_BALANCING_PAGE }, ['LoadBalancerArn']],
    DescribeLoadBalancers: [
      'LoadBalancers',
      'LoadBalancerArn',
      { PageSize: LOAD_BALANCING_PAGE },
      ['LoadBalancerName', 'Type'],
    ],
    DescribeRules: ['Rules', 'RuleArn', { PageSize: LOAD_BALANCING_PAGE }],
    DescribeTargetGroups: ['TargetGroups', 'TargetGroupArn', { PageSize: LOAD_BALANCING_PAGE }, ['TargetGroupName']],
  },
  logs: { FilterLogEvents: ['events', 'eventId', {}] },
  servicediscovery: {
    ListInstances: ['Instances', 'Id', { MaxResults: 100 }],
    ListServices: ['Services', 'Arn', { MaxResults: 100 }, ['Id']],
  },
  servicequotas: {
    ListRequestedServiceQuotaChangeHistoryByQuota: ['RequestedQuotas', 'Id', { MaxResults: 100 }],
    // Several quotas may have one code.
    ListServiceQuotas: ['Quotas', undefined, { MaxResults: 100 }],
  },
} as const satisfies { readonly [S in ServiceName]?: { readonly [O in OperationOf<S>]?: PagedList<S, O> } };

type ListOf<S extends keyof typeof LISTS> = keyof (typeof LISTS)[S] & OperationOf<S>;
type OthersOf<Row> = Row extends readonly [unknown, unknown, unknown, readonly (infer Other)[]] ? Other : never;

export type Listed<S extends keyof typeof LISTS, O extends ListOf<S>> = (typeof LISTS)[S][O] extends readonly [
  infer Member extends keyof OutputOf<S, O>,
  infer Key,
  ...unknown[],
]
  ? Sent<ItemOf<OutputOf<S, O>, Member>, keyof ItemOf<OutputOf<S, O>, Member> & (Key | OthersOf<(typeof LISTS)[S][O]>)>
  : never;

/** A row of the table, whose types follow from service and operation. */
type ListRow = readonly [member: string, key: string | undefined, size: object, others?: readonly string[]];

/** How a service calls the token that it is given, and the one that it answers. */
const TOKENS: { readonly [S in ServiceName]?: readonly [given: string, answered: string] } = {
  apigateway: ['position', 'position'],
  directconnect: ['nextToken', 'nextToken'],
  ecs: ['nextToken', 'nextToken'],
  elasticloadbalancing: ['Marker', 'NextMarker'],
  logs: ['nextToken', 'nextToken'],
};

/**
 * All items of a list, or an error: never a part of the list. Lists shift while they are read, so one item
 * may be on two pages. The later one is the current state. `what` names the list in errors: `route tables`.
 * @throws {CloudError} `BAD_RESPONSE` for a page without the member, and for an item without one that it always has; see
 *   `collectPages`.
 */
export async function listAll<S extends keyof typeof LISTS, O extends ListOf<S>>(
  session: Session,
  ctx: CallContext,
  what: string,
  service: S,
  operation: O,
  input: Partial<InputOf<S, O>> = {},
): Promise<Listed<S, O>[]> {
  const [given, answered] = TOKENS[service] ?? ['NextToken', 'NextToken'];
  const [member, key, size, others = []] = LISTS[service][operation] as unknown as ListRow;
  const items = await collectPages<Listed<S, O>>(ctx, { what, operation }, async (token) => {
    const asked = { ...input, ...size, ...defined({ [given]: token }) } as InputOf<S, O>;
    const page = (await session.call(ctx, service, operation, asked)) as Readonly<Record<string, unknown>>;
    return {
      items: sent(page[member] as readonly Listed<S, O>[] | undefined, member, operation),
      next: page[answered] as string | undefined,
    };
  });
  if (key === undefined) return items;

  const rows = items.map((item) => allSent(item as Readonly<Record<string, unknown>>, [key, ...others], operation));
  return [...new Map(rows.map((row) => [row[key], row])).values()] as Listed<S, O>[];
}

/** Items in the groups that one call takes, in order. */
export function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
