import { aboutThings, thing } from '../../findings/subject.js';
import { gatewayId, gatewayKind, movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Check } from '../../findings/check.js';
import { unreadGateway } from './unread.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** `gateway/locked`. */
export const gatewayLocked: Check = {
  id: 'gateway/locked',
  title: 'The provider has not locked the gateway',
  severity: 'error',
  about:
    'Alibaba Cloud locks an API group for an overdue bill or for what it takes for a breach of law. Nothing of a locked group can be ' +
    'changed or moved, and its calls may be refused.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapigroup',
  ],
  *run(input) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      const isGroup = movesAsOne({ kind: gatewayKind(spec.gateway) });
      const unread = isGroup ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
        yield unsure(about, `${gatewayId(spec.gateway)} is locked`, unread);
      }
      if (gateway === undefined || !movesAsOne(gateway)) continue;
      const about = aboutThings(name, thing('gateway', gateway.id));
      const evidence = [
        {
          kind: 'gateway',
          id: gateway.id,
          text: gateway.locked === undefined ? 'not locked' : `locked: ${gateway.locked}`,
        },
      ];
      const missing = link.region.missing('gateways', gateway.id);
      if (gateway.locked !== undefined) {
        yield fails(about, {
          message: `${gateway.name || gateway.id} (${gateway.id}) is locked: ${gateway.locked}`,
          evidence,
          remedy: `Settle what it is locked for (${gateway.locked}) with Alibaba Cloud, then check again.`,
        });
      } else if (missing !== undefined) yield unsure(about, `${gateway.id} is locked`, missing, { evidence });
      else yield holds(input, about, () => ({ message: `${gateway.name || gateway.id} is not locked`, evidence }));
    }
  },
};
