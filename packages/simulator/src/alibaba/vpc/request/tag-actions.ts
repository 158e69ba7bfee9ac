import { pageByToken } from '../../operation/page.js';
import type { ProductName } from '../../operation/product.js';
import type { AlibabaTagRow } from '../state.js';
import { flag, neededText, tags, text, texts } from './parameters.js';
import { rowsNamed, type Rows } from './tagged-rows.js';
import { hasTags, readTags, setTags, withoutTags, type GivenTag } from './tags.js';

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
  const found = [...rows.values()]
    .filter((row) => (!ids?.length || ids.includes(row.id)) && hasTags(row.tags, asked.Tag))
    .flatMap(({ id, tags: of }: { readonly id: string; readonly tags: AlibabaTagRow }) =>
      Object.entries(of).map(([key, value]) => ({ id, key, value })),
    );
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
