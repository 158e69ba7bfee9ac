import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import type { Parameter } from '../../../operation/operation.js';
import { say } from './parameters.js';
import { text } from '../../../operation/family.js';
import { ownValue } from '../../../../simulation/own-value.js';

/** What can carry tags, as TagResources calls it, and what only its own create call tags. */
export type TaggedType = 'apiGroup' | 'plugin' | 'app' | 'api' | 'instance' | 'vpcAccess' | 'backend';

/** A tag of a request. */
interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Adds tags to those of a resource. */
export function putTags(
  { cloudApi }: AlibabaRegionState,
  type: TaggedType,
  id: string,
  tags: readonly TagInput[] | undefined,
): void {
  if (!tags || tags.length === 0) return;

  const added = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  cloudApi.tags.set(`${type}/${id}`, { ...cloudApi.tags.get(`${type}/${id}`), ...added });
}

/** Removes tags: the keys named, or all. */
export function removeTags(
  { cloudApi }: AlibabaRegionState,
  type: TaggedType,
  id: string,
  keys?: readonly string[],
): void {
  const left = Object.entries(cloudApi.tags.get(`${type}/${id}`) ?? {}).filter(([key]) => keys && !keys.includes(key));
  if (left.length === 0) cloudApi.tags.delete(`${type}/${id}`);
  else cloudApi.tags.set(`${type}/${id}`, Object.fromEntries(left));
}

/** The tags of a resource. */
export function tagsOf(
  { cloudApi }: AlibabaRegionState,
  type: TaggedType,
  id: string,
): Readonly<Record<string, string>> {
  return cloudApi.tags.get(`${type}/${id}`) ?? {};
}

/** Whether a resource has all of these tags; one without a value fits any. */
export function hasTags(
  state: AlibabaRegionState,
  type: TaggedType,
  id: string,
  wanted: readonly TagInput[] | undefined,
): boolean {
  const tags = tagsOf(state, type, id);
  return (wanted ?? []).every(
    ({ Key = '', Value }) => Object.hasOwn(tags, Key) && (Value === undefined || Value === '' || tags[Key] === Value),
  );
}

/** Tags as most answers have them: `{ TagInfo: [{ Key, Value }] }`. */
export function tagInfo(state: AlibabaRegionState, type: TaggedType, id: string) {
  return { TagInfo: Object.entries(tagsOf(state, type, id)).map(([Key, Value]) => ({ Key, Value })) };
}

/** Tags as answers about APIs have them: `{ Tag: [{ TagKey, TagValue }] }`. */
export function tagKeys(state: AlibabaRegionState, type: TaggedType, id: string) {
  return { Tag: Object.entries(tagsOf(state, type, id)).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) };
}

/** What tags can be put on. The models speak of groups, plug-ins, apps and APIs; instances carry the tags they were created with, too. */
const TYPES = ['apiGroup', 'plugin', 'app', 'api', 'instance', 'vpcAccess', 'backend'] as const;

export const resourceType = { type: 'string', required: true, values: TYPES } as const;
export const resourceIds: Parameter = { type: 'list', items: text, length: [1, 50] };

/** @throws {AlibabaError} `NotFoundResourceId` */
export function checkTagged({ cloudApi }: AlibabaRegionState, type: string, ids: readonly string[]): TaggedType {
  const known: Readonly<Record<string, ReadonlyMap<string, unknown>>> = {
    apiGroup: cloudApi.groups,
    plugin: cloudApi.plugins,
    app: cloudApi.apps,
    api: cloudApi.apis,
    instance: cloudApi.instances,
    vpcAccess: cloudApi.vpcAccesses,
    backend: cloudApi.backends,
  };
  const there = ownValue(known, type);
  if (!ids.every((id) => there?.has(id) === true)) throw say.notFound('ResourceId');

  return type as TaggedType;
}
