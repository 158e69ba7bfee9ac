import { collectPages, defined, type CallContext, CloudError } from '@postern/core/internal/adapter';
import { GROUPS_PAGE, PAGE, VPC_PAGE } from '../limits.js';
import type { ApigAnswers, ApigRequest, HttpApiByName, Page, ServiceRow } from './apis/apig.js';
import type { Actions, Answer, Query } from './apis/actions.js';
import { allSent, type Sent, numberOf } from './plain.js';
import type { Session } from './session.js';

/** An item of a list that an answer has at `Outer.Inner`. */
export type ItemOf<A, Path extends string> = Path extends `${infer Outer}.${infer Inner}`
  ? ItemOf<NonNullable<A[Outer & keyof A]>, Inner>
  : NonNullable<A[Path & keyof A]> extends readonly (infer Item)[]
    ? Item
    : never;

/**
 * The lists that are paged: where an answer has the items, the size of pages, the members that every item has, and those that
 * identify an item, where these are others than the first; `all` of them. A number is the size of pages by numbers, a
 * parameter that of pages by tokens. Items of these without members that identify them may be equal.
 */
const LISTS = {
  Alidns: {
    // The largest page: https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-describesubdomainrecords
    DescribeSubDomainRecords: ['DomainRecords.Record', 500, ['RecordId']],
  },
  CloudAPI: {
    DescribeApiGroups: ['ApiGroupAttributes.ApiGroupAttribute', GROUPS_PAGE, ['GroupId']],
    DescribeApiIpControls: ['ApiIpControls.ApiIpControlItem', PAGE, ['IpControlId', 'ApiId'], 'all'],
    DescribeApiSignatures: ['ApiSignatures.ApiSignatureItem', PAGE, ['SignatureId', 'ApiId'], 'all'],
    DescribeApiTrafficControls: [
      'ApiTrafficControls.ApiTrafficControlItem',
      PAGE,
      ['TrafficControlId', 'ApiId'],
      'all',
    ],
    DescribeApis: ['ApiSummarys.ApiSummary', PAGE, ['ApiId']],
    DescribeApisByBackend: ['ApiInfoList.ApiInfo', PAGE, ['ApiId']],
    DescribeApisByVpcAccess: ['ApiVpcAccessInfos.ApiVpcAccessInfo', PAGE, ['ApiId'], ['ApiId', 'StageName']],
    DescribeAuthorizedApps: ['AuthorizedApps.AuthorizedApp', PAGE, [], ['AppId', 'StageName']],
    DescribeBackendList: ['BackendInfoList', PAGE, ['BackendId']],
    DescribeDeployedApis: ['DeployedApis.DeployedApiItem', PAGE, ['ApiId']],
    DescribePluginApis: ['ApiSummarys.ApiPluginSummary', PAGE, ['ApiId', 'StageName'], 'all'],
    DescribePluginGroups: ['GroupSummarys.GroupPluginSummary', PAGE, ['GroupId', 'StageName'], 'all'],
    DescribePlugins: ['Plugins.PluginAttribute', PAGE, ['PluginId', 'PluginName', 'PluginType']],
    DescribeVpcAccesses: ['VpcAccessAttributes.VpcAccessAttribute', PAGE, [], ['VpcAccessId', 'Name']],
    ListPrivateDNS: ['PrivateDNSList', PAGE, ['Type', 'IntranetDomain'], 'all'],
  },
  Ecs: {
    DescribeInstances: ['Instances.Instance', { MaxResults: 100 }, ['InstanceId']],
    DescribeNetworkInterfaces: [
      'NetworkInterfaceSets.NetworkInterfaceSet',
      { MaxResults: 500 },
      ['NetworkInterfaceId'],
    ],
    DescribeSecurityGroups: ['SecurityGroups.SecurityGroup', { MaxResults: 100 }, ['SecurityGroupId']],
  },
  Slb: {
    DescribeLoadBalancerListeners: [
      'Listeners',
      { MaxResults: 100 },
      [],
      ['LoadBalancerId', 'ListenerProtocol', 'ListenerPort'],
    ],
    DescribeLoadBalancers: ['LoadBalancers.LoadBalancer', PAGE, ['LoadBalancerId']],
  },
  Vpc: {
    DescribeNatGateways: ['NatGateways.NatGateway', VPC_PAGE, ['NatGatewayId']],
    DescribeNetworkAcls: ['NetworkAcls.NetworkAcl', VPC_PAGE, ['NetworkAclId', 'VpcId']],
    DescribeRouteEntryList: ['RouteEntrys.RouteEntry', { MaxResult: 100 }, []],
    DescribeRouteTableList: ['RouterTableList.RouterTableListType', VPC_PAGE, ['RouteTableId']],
    DescribeSnatTableEntries: ['SnatTableEntries.SnatTableEntry', VPC_PAGE, ['SnatEntryId']],
    DescribeVSwitches: ['VSwitches.VSwitch', VPC_PAGE, ['VSwitchId', 'VpcId', 'CidrBlock', 'ZoneId']],
    DescribeVpcs: ['Vpcs.Vpc', VPC_PAGE, ['VpcId']],
  },
  VpcPeer: { ListVpcPeerConnections: ['VpcPeerConnects', { MaxResults: 100 }, ['InstanceId']] },
} as const satisfies {
  readonly [P in keyof Actions]?: { readonly [O in keyof Actions[P]]?: ListRow };
};

type Names = readonly string[];
type ListRow = readonly [items: string, size: number | object, sure: Names, key?: Names | 'all'];
type ProductOf = keyof typeof LISTS;
type ListOf<P extends ProductOf> = keyof (typeof LISTS)[P] & keyof Actions[P] & string;

/** An item of one of the lists, with the members that it has for sure. */
export type Listed<P extends ProductOf, O extends ListOf<P>> = (typeof LISTS)[P][O] extends readonly [
  infer Items extends string,
  unknown,
  readonly (infer Sure)[],
  ...unknown[],
]
  ? Sent<ItemOf<Answer<P, O>, Items>, Sure & keyof ItemOf<Answer<P, O>, Items>>
  : never;

/** All items of a list, or an error: never a part of the list. `what` names the list in errors. @throws as `collectNumbered` */
export async function listAll<P extends ProductOf, O extends ListOf<P>>(
  session: Session,
  ctx: CallContext,
  what: string,
  product: P,
  operation: O,
  query: Partial<Query<P, O>> = {},
): Promise<Listed<P, O>[]> {
  const [path, size, sure, by = sure.slice(0, 1)] = LISTS[product][operation] as unknown as ListRow;
  const key = by === 'all' ? sure : by;
  const keyOf = (item: object): string => key.map((name) => item[name as keyof typeof item]).join(' ');
  const read = async (place: object) => {
    const asked = { ...defined(query), ...place } as unknown as Query<P, O>;
    const page = (await session.call(ctx, product, operation, asked)) as unknown as Readonly<Record<string, unknown>>;
    const items = path.split('.').reduce<unknown>((at, name) => (at as typeof page | undefined)?.[name], page);
    return { items: items as Listed<P, O>[] | undefined, page };
  };
  if (typeof size === 'number')
    return collectNumbered(ctx, { what, operation, sure: sure as never[] }, keyOf, async (PageNumber) => {
      const { items, page } = await read({ PageNumber, PageSize: size });
      return { items, total: page['TotalCount'] };
    }) as Promise<Listed<P, O>[]>;

  const rows = await collectPages(ctx, { what, operation }, async (NextToken) => {
    const { items = [], page } = await read({ ...size, ...defined({ NextToken }) });
    const all = items.map((item) => allSent(item, sure as never[], operation));
    return { items: all, next: page['NextToken'] as string | undefined };
  });
  return (key.length === 0 ? rows : latest(rows, keyOf)) as Listed<P, O>[];
}

/** The lists of APIG, whose pages are numbered: the member that every item has and that identifies it, or what does. */
const APIG_LISTS = {
  ListConsumers: 'consumerId',
  ListDomains: 'domainId',
  ListGatewayAuthorizedSecurityGroupRules: 'securityGroupRuleId',
  ListGateways: 'gatewayId',
  ListHttpApiOperations: 'operationId',
  ListHttpApiRoutes: 'routeId',
  ListHttpApis: ({ name = '', type = '', versionedHttpApis }: HttpApiByName) =>
    JSON.stringify([name, type, versionedHttpApis?.[0]?.httpApiId]),
  ListPolicies: 'policyId',
  ListServices: ({ serviceId = '' }: ServiceRow) => serviceId,
  ListSources: 'sourceId',
  QueryConsumerAuthorizationRules: 'consumerAuthorizationRuleId',
} as const;

type ApigList = keyof typeof APIG_LISTS;
type ApigItem<N extends ApigList> = NonNullable<ApigAnswers[N]['items']>[number];
type ApigListed<N extends ApigList> = Sent<ApigItem<N>, (typeof APIG_LISTS)[N] & keyof ApigItem<N>>;

/** As {@link listAll}, of APIG. */
export async function listApig<N extends ApigList>(
  session: Session,
  ctx: CallContext,
  what: string,
  operation: N,
  request: Pick<ApigRequest, 'path' | 'query'> = {},
): Promise<readonly ApigListed<N>[]> {
  const key = APIG_LISTS[operation] as string | ((item: object) => string);
  const [sure, keyOf] = typeof key === 'string' ? [[key], (item: object) => String(item[key as never])] : [[], key];
  return collectNumbered(ctx, { what, operation, sure: sure as never[] }, keyOf, async (pageNumber) => {
    const query = { ...request.query, pageNumber, pageSize: PAGE };
    const { items, totalSize } = (await session.apig(ctx, operation, { ...request, query })) as Page<object>;
    // An empty list has no count in some answers [U].
    return { items, total: totalSize ?? items?.length };
  }) as Promise<readonly ApigListed<N>[]>;
}

export interface NumberedPage<T> {
  /** Undefined where the wrapper is missing, which these services do for an empty list. */
  readonly items: readonly T[] | undefined;
  /** The answer's own count of all items. */
  readonly total: unknown;
}

/**
 * How often a list is read that is shorter than its own count, or whose count falls while it is read: items were deleted
 * meanwhile.
 */
const READS = 3;

/**
 * All items of a list that is paged by numbers, or an error: never a part of the list. Lists shift while they are read, so
 * `keyOf` identifies items; each must have the members `sure`. Pages are read until there are as many items as the service
 * counts, or a page is empty. A list that is shorter than its own last count is read again, and so is one whose count falls:
 * items of later pages moved to pages that were read before. If every reading ends so, the missing items may exist.
 * @throws {CloudError} as `collectPages`: `INCOMPLETE_LIST`, `RESPONSE_TOO_LARGE`; `BAD_RESPONSE` for an
 * answer without a count, and an item without such a member.
 */
export async function collectNumbered<T, K extends keyof T & string = never>(
  ctx: CallContext,
  options: { readonly what: string; readonly operation: string; readonly sure?: readonly K[] },
  keyOf: (item: T) => string,
  fetch: (pageNumber: number) => Promise<NumberedPage<T>>,
): Promise<Sent<T, K>[]> {
  const { sure = [] } = options;
  const fetchSure = async (pageNumber: number) => {
    const { items, total } = await fetch(pageNumber);
    return { items: items?.map((item) => allSent(item, sure, options.operation)), total };
  };
  for (let read = 1; ; read += 1) {
    const { items, count, isStill } = await readOnce(ctx, options, keyOf, fetchSure);
    const isShort = items.length < count;
    if (!isShort && isStill) return items;

    if (read === READS) {
      const why = isShort ? `has ${items.length} of ${count} items` : 'lost items while it was read';
      throw new CloudError('INCOMPLETE_LIST', `the list of ${options.what} ${why}`, {
        operation: options.operation,
        retryable: true,
      });
    }
  }
}

async function readOnce<T>(
  ctx: CallContext,
  options: { readonly what: string; readonly operation: string },
  key: (item: T) => string,
  fetch: (pageNumber: number) => Promise<NumberedPage<T>>,
): Promise<{ readonly items: T[]; readonly count: number; readonly isStill: boolean }> {
  const seen = new Map<string, T>();
  let last = 0;
  let isStill = true;
  await collectPages(ctx, options, async (token) => {
    const page = token === undefined ? 1 : Number(token);
    const { items = [], total } = await fetch(page);
    const count = numberOf(total);
    if (count === undefined) {
      // An empty 200 of a proxy would otherwise pass for an empty list.
      throw new CloudError('BAD_RESPONSE', 'the response has no TotalCount', {
        operation: options.operation,
        remedy: 'Check for a proxy between this machine and Alibaba Cloud, and check the endpoint.',
      });
    }

    if (page > 1 && count < last) isStill = false;
    last = count;
    for (const item of items) seen.set(key(item), item);
    return items.length === 0 || seen.size >= count ? { items } : { items, next: String(page + 1) };
  });
  return { items: [...seen.values()], count: last, isStill };
}

/**
 * Items of a list that was read by tokens, each once. For an item that moved to a later page while the list
 * was read, the later one counts.
 */
export function latest<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item] as const)).values()];
}
