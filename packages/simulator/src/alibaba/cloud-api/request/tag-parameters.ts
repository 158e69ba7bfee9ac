import type { NeededParameter, Parameter } from '../../operation/operation.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { text } from './parameters.js';
import type { TaggedType } from './tags.js';
import { say } from './words.js';

/** What tags can be put on. The models speak of groups, plug-ins, apps and APIs; instances carry the tags they were created with, too. */
const TYPES = ['apiGroup', 'plugin', 'app', 'api', 'instance', 'vpcAccess', 'backend'] as const;

export const resourceType: NeededParameter = { type: 'string', required: true, values: TYPES };
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
  const there = Object.hasOwn(known, type) ? known[type] : undefined;
  if (!ids.every((id) => there?.has(id) === true)) throw say.notFound('ResourceId');
  return type as TaggedType;
}
