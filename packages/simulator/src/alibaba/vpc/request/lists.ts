import { admits, page, pageByToken } from '../../operation/family.js';
import { type AnyAlibabaOperation, AlibabaError } from '../../operation/operation.js';
import { raise, rowBy } from '../../../simulation/raise.js';
import type { AlibabaNetworkState, VpcRow } from '../state.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';

/** Whether a filter lets a value through that may be one of a comma-joined list of values: `vpc-1,vpc-2`. */
export function admitsOneOf(asked: string | undefined, value: string): boolean {
  if (asked === undefined || asked === '') return true;

  return asked
    .split(',')
    .map((item) => item.trim())
    .includes(value);
}

/** The same for a list. */
export function admitsAny(asked: readonly string[] | undefined, values: readonly string[]): boolean {
  return asked === undefined || asked.length === 0 || values.some((value) => asked.includes(value));
}

/** The same for filters that have the name of the member that they compare. */
export function admitsShown<N extends string>(
  asked: { readonly [M in N]?: string | undefined },
  shown: { readonly [M in N]: string | undefined },
  ...names: readonly N[]
): boolean {
  return names.every((name) => admits(asked[name], shown[name]));
}

/**
 * The same for a text that holds a JSON array, ECS's form for IDs and addresses: `["i-1","i-2"]`; a hundred
 * at most.
 * @throws {AlibabaError} `InvalidParameter` for another text
 */
export function readJsonList(name: string, value: string | undefined): readonly string[] | undefined {
  if (value === undefined || value === '') return undefined;

  const refused = new AlibabaError('InvalidParameter', `The specified parameter "${name}" is not valid.`);
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    throw refused;
  }
  if (!Array.isArray(list) || list.length > 100 || !list.every((item) => typeof item === 'string')) throw refused;

  return list;
}

/** The page parameters of ECS's lists: page numbers, or tokens. */
export interface EitherPageRequest {
  readonly PageNumber?: number | undefined;
  readonly PageSize?: number | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** Bounds of such a list: largest page either way, smallest page by token. A `MaxResults` beyond them counts as the bound. */
export interface EitherPageRules<T> {
  readonly name: AnyAlibabaOperation['name'];
  readonly largest?: number;
  readonly smallest?: number;
  readonly key: (item: T) => string;
}

/** Cuts a page the way the caller asked: by token once `MaxResults` or `NextToken` is named, else by number. */
export function eitherPage<T>(
  items: readonly T[],
  asked: EitherPageRequest,
  { name, largest = 100, smallest = 1, key }: EitherPageRules<T>,
): { readonly items: T[]; readonly numbers: Record<string, number | string> } {
  if (asked.MaxResults === undefined && asked.NextToken === undefined) {
    const { items: cut, numbers } = page(items, asked, { largest });
    return { items: cut, numbers: { ...numbers, NextToken: '' } };
  }

  const rules = { operation: { product: 'Ecs', name }, defaultSize: 10, smallest, largest, key } as const;
  const MaxResults = Math.min(largest, Math.max(smallest, asked.MaxResults ?? 10));
  const { items: cut, NextToken } = pageByToken(items, { ...asked, MaxResults }, rules);
  return { items: cut, numbers: { TotalCount: items.length, PageNumber: 0, PageSize: 0, NextToken } };
}

const refusal = (code: string, message: string) => new AlibabaError(code, message, 404);

/** @throws {AlibabaError} `InvalidVpcId.NotFound`. DescribeVpcAttribute spells it `InvalidVpcID.NotFound`. */
export function getVpc({ network }: AlibabaRegionState, id: string, code = 'InvalidVpcId.NotFound'): VpcRow {
  return network.vpcs.get(id) ?? raise(refusal(code, 'Specified VPC does not exist.'));
}

type RowOf<K extends keyof AlibabaNetworkState> = AlibabaNetworkState[K] extends Map<string, infer R> ? R : never;

/** A function that answers the row of an ID. @throws {AlibabaError} `code` */
const named = <K extends keyof AlibabaNetworkState>(rows: K, code: string, message: string) =>
  rowBy(
    ({ network }: AlibabaRegionState) => network[rows] as unknown as ReadonlyMap<string, RowOf<K>>,
    () => refusal(code, message),
  );
export const getVSwitch = named('vSwitches', 'InvalidVSwitchId.NotFound', 'Specified virtual switch does not exist.');
export const getRouteTable = named(
  'routeTables',
  'InvalidRouteTableId.NotFound',
  'Specified route table does not exist.',
);
/** The code is [?]. */
export const getNetworkAcl = named(
  'networkAcls',
  'ResourceNotFound.NetworkAcl',
  'The specified network ACL is not found.',
);
export const getSecurityGroup = named(
  'securityGroups',
  'InvalidSecurityGroupId.NotFound',
  'The specified SecurityGroupId does not exist.',
);
export const getInstance = named('instances', 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');
export const getInterface = named(
  'interfaces',
  'InvalidEniId.NotFound',
  'The specified network interface does not exist.',
);
export const getPrefixList = named(
  'prefixLists',
  'InvalidPrefixListId.NotFound',
  'The specified prefix list was not found.',
);
