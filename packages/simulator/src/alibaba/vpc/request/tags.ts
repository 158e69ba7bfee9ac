import { AlibabaError, type ProductName, type AnyAlibabaOperation } from '../../operation/operation.js';
import type { AlibabaTagRow, AlibabaNetworkState } from '../state.js';
import { tags, networkFamily } from './text-rules.js';
import type { SlbState } from '../../slb/state.js';
import { pageByToken, flag, neededText, text, texts, action, type OwnFamily } from '../../operation/family.js';
import { ownValue } from '../../../simulation/own-value.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';

/** A tag as callers write it. */
export interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** A resource may have 20 tags. @see https://www.alibabacloud.com/help/en/resource-management/tag/product-overview/limits */
const MOST_TAGS = 20;

/**
 * Reads tags. A value that is left out is empty.
 * @throws {AlibabaError} `InvalidTagKey.Malformed`, `InvalidTagValue.Malformed`, `Duplicate.TagKey`
 */
export function readTags(given: readonly GivenTag[] | undefined): AlibabaTagRow {
  const tags: AlibabaTagRow = {};
  for (const { Key = '', Value = '' } of given ?? []) {
    if (Key === '' || Key.length > 128 || /^(aliyun|acs:)|https?:\/\//.test(Key)) {
      throw new AlibabaError('InvalidTagKey.Malformed', 'The specified Tag.N.Key is not valid.');
    }
    if (Value.length > 128 || /https?:\/\//.test(Value)) {
      throw new AlibabaError('InvalidTagValue.Malformed', 'The specified Tag.N.Value is not valid.');
    }
    if (Object.hasOwn(tags, Key)) {
      throw new AlibabaError('Duplicate.TagKey', 'The Tag.N.Key contain duplicate key.');
    }

    tags[Key] = Value;
  }
  return tags;
}

/** Sets tags of one resource. @throws {AlibabaError} `QuotaExceed.TagKey` */
export function setTags(row: { tags: AlibabaTagRow }, tags: AlibabaTagRow): void {
  const merged = { ...row.tags, ...tags };
  if (Object.keys(merged).length > MOST_TAGS) {
    throw new AlibabaError('QuotaExceed.TagKey', 'The maximum number of tag keys of the resource is exceeded.'); // [?] the words
  }

  row.tags = merged;
}

/** Whether a resource has all requested tags. A tag without a value requests only the key. */
export function hasTags(tags: AlibabaTagRow, asked: readonly GivenTag[] | undefined): boolean {
  return (asked ?? []).every(
    ({ Key, Value }) =>
      Key === undefined || (Object.hasOwn(tags, Key) && (Value === undefined || Value === '' || tags[Key] === Value)),
  );
}

/** Tags as VPC answers them. */
export function tagPairs(tags: AlibabaTagRow): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as ECS and CLB answer them. */
export function namedTagPairs(tags: AlibabaTagRow): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

/** The remaining tags when some keys, or all, are removed. */
export function withoutTags(tags: AlibabaTagRow, keys: readonly string[] | undefined, all: boolean): AlibabaTagRow {
  if (all && !keys?.length) return {}; // `All` counts only where no key is named

  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys?.includes(key)));
}

// What TagResources, UntagResources and ListTagResources of ECS, VPC and CLB have in common; the products differ in their
// types of resources, in how many a call may name, and in how they write a type.

/** The parameters of TagResources, for as many resources as the product allows in one call. */
export function tagParameters(most: number) {
  return { ...named(most), Tag: { ...tags, required: true, length: [1, 20] } } as const;
}

/** The parameters of UntagResources: up to 20 resources. */
export const UNTAG_PARAMETERS = { ...named(20), TagKey: texts, All: flag };

/** The parameters of ListTagResources. */
export function listParameters(most: number) {
  return { ResourceType: neededText, ResourceId: { ...texts, length: [0, most] }, Tag: tags, NextToken: text } as const;
}

function named(most: number) {
  return { ResourceType: neededText, ResourceId: { ...texts, required: true, length: [1, most] } } as const;
}

/** Sets tags of all that is named, or of nothing. @throws {AlibabaError} those of `readTags`, `rowsNamed`, `setTags` */
export function tagAll(
  rows: () => Rows,
  { ResourceId, Tag }: { readonly ResourceId: readonly string[]; readonly Tag: readonly GivenTag[] },
): void {
  const given = readTags(Tag);
  for (const row of rowsNamed(rows(), ResourceId)) setTags(row, given);
}

/** Removes tags from all named resources, or from none. @throws {AlibabaError} those of `rowsNamed` */
export function untagAll(
  rows: Rows,
  asked: {
    readonly ResourceId: readonly string[];
    readonly TagKey?: readonly string[] | undefined;
    readonly All?: boolean | undefined;
  },
): void {
  for (const row of rowsNamed(rows, asked.ResourceId))
    row.tags = withoutTags(row.tags, asked.TagKey, asked.All ?? false);
}

/** One page of ListTagResources, an entry for each tag of each resource. `type` is written as the product does. */
export function tagPage(
  product: ProductName,
  type: string,
  rows: Rows,
  asked: {
    readonly ResourceType: string;
    readonly ResourceId?: readonly string[] | undefined;
    readonly Tag?: readonly GivenTag[] | undefined;
    readonly MaxResults?: number | undefined;
    readonly NextToken?: string | undefined;
  },
) {
  const { ResourceId: ids, MaxResults, NextToken: token } = asked;
  const found = [...rows]
    .filter(([id, row]) => (!ids?.length || ids.includes(id)) && hasTags(row.tags, asked.Tag))
    .flatMap(([id, row]) => Object.entries(row.tags).map(([key, value]) => ({ id, key, value })));
  const { items, NextToken } = pageByToken(
    found,
    { MaxResults, NextToken: token },
    {
      operation: { product, name: 'ListTagResources' },
      list: asked.ResourceType,
      defaultSize: 50,
      largest: 50,
      key: ({ id, key }) => `${id}/${key}`,
    },
  );
  return {
    NextToken,
    TagResources: {
      TagResource: items.map(({ id, key, value }) => ({
        ResourceId: id,
        ResourceType: type,
        TagKey: key,
        TagValue: value,
      })),
    },
  };
}

/** Something with tags. */
interface TaggedRow {
  tags: AlibabaTagRow;
}

/** Resources of one type, by id. */
type Rows = ReadonlyMap<string, TaggedRow>;

/** VPC's resources of a type, whose case does not matter. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedVpcRows(network: AlibabaNetworkState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = {
    VPC: network.vpcs,
    VSWITCH: network.vSwitches,
    ROUTETABLE: network.routeTables,
    NETWORKACL: network.networkAcls,
  };
  return rowsOf(types, type.toUpperCase());
}

/** ECS's resources of a type, whose case does not matter. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedEcsRows(network: AlibabaNetworkState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = {
    instance: network.instances,
    securitygroup: network.securityGroups,
    eni: network.interfaces,
    prefixlist: network.prefixLists,
  };
  return rowsOf(types, type.toLowerCase());
}

/** CLB's resources of a type. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedSlbRows(slb: SlbState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = { instance: slb.loadBalancers, acl: slb.accessControlLists };
  return rowsOf(types, type.toLowerCase());
}

/** The rows of these ids. @throws {AlibabaError} `InvalidResourceId.NotFound` */
function rowsNamed(rows: Rows, ids: readonly string[]): readonly TaggedRow[] {
  return ids.map((id) => rows.get(id) ?? unknownId());
}

/** A type may be the name of a member that every object has. */
function rowsOf(types: Readonly<Record<string, Rows>>, type: string): Rows {
  return ownValue(types, type) ?? unknownType();
}

function unknownType(): never {
  throw new AlibabaError(
    'InvalidResourceType.NotFound',
    'The ResourceType provided does not exist in our records.',
    404,
  );
}

function unknownId(): never {
  throw new AlibabaError('InvalidResourceId.NotFound', 'The specified ResourceIds are not found in our records.', 404);
}

/** Tags of all resources of ECS or CLB. A call may name `most` resources, of a type whose rows are `rowsOf`. */
export function tagActionsOf(
  product: 'Ecs' | 'Slb',
  most: number,
  rowsOf: (state: AlibabaRegionState, type: string) => Rows,
): readonly AnyAlibabaOperation[] {
  const family: OwnFamily = networkFamily(product);
  return family({
    TagResources: action(tagParameters(most), ({ state }, input) => {
      tagAll(() => rowsOf(state, input.ResourceType), input);
      return {};
    }),

    UntagResources: action(UNTAG_PARAMETERS, ({ state }, input) => {
      untagAll(rowsOf(state, input.ResourceType), input);
      return {};
    }),

    ListTagResources: action(listParameters(most), ({ state }, input) =>
      tagPage(product, input.ResourceType.toLowerCase(), rowsOf(state, input.ResourceType), input),
    ),
  });
}
