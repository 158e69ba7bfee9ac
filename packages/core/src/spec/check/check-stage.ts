import { deployedStage, gatewayKind } from '../../do/kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../do/kinds/gateway/gateway-table.js';
import type { GatewaySpec } from '../../do/model/gateway.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/plain-value.js';

/** Routes that are deployed to one stage need its name: nothing else says where callers reach them. */
export function checkStage(gateway: GatewaySpec, path: KeyPath, problems: Problem[]): void {
  const { stageIsNamed, ref, title, example } = GATEWAY_KINDS[gatewayKind(gateway)];
  if (stageIsNamed !== true || deployedStage(gateway) !== undefined) return;
  const message = `\`stage\` is required: routes of ${title} are deployed to one`;
  problems.push({ code: 'INVALID_SPEC', message, remedy: `Write { ${ref}: ${example}, stage: prod }.`, path });
}
