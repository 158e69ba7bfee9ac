import type { AnyAlibabaOperation } from '../../operation/operation.js';
import { action, type OwnFamily } from '../../operation/family.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { networkFamily } from './family.js';
import { listParameters, tagAll, tagPage, tagParameters, UNTAG_PARAMETERS, untagAll, type Rows } from './tags.js';

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
