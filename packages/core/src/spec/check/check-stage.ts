import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import { deployedStage } from '../../do/kinds/gateway/gateway-spec.js';
import type { GatewaySpec } from '../../do/model/gateway.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/plain-value.js';

/** Routes that are deployed to one stage need its name: nothing else says where callers reach them. */
export function checkStage(
  { stageIsNamed, ref, title, example }: GatewayKindTraits,
  gateway: GatewaySpec,
  path: KeyPath,
  problems: Problem[],
): void {
  if (stageIsNamed !== true || deployedStage(gateway) !== undefined) return;
  const message = `\`stage\` is required: routes of ${title} are deployed to one`;
  problems.push({ code: 'INVALID_SPEC', message, remedy: `Write { ${ref}: ${example}, stage: prod }.`, path });
}
