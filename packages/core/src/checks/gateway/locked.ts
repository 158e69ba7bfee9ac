import { stating, type Judgement } from '../../findings/statement.js';
import type { gatewayLockedWords } from './words/locked.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { gatewayId, gatewayKind, movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { unreadGateway } from './unread.js';

const { fails, holds, unsure } = stating<(typeof gatewayLockedWords)['says']>();

/** `gateway/locked`. */
export const gatewayLocked: Judgement = {
  id: 'gateway/locked',
  severity: 'error',
  *run(input) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      const isGroup = movesAsOne({ kind: gatewayKind(spec.gateway) });
      const unread = isGroup ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
        yield unsure(about, 'GATEWAY_NOT_READ', { gateway: gatewayId(spec.gateway) }, unread);
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
        yield fails(about, 'LOCKED', {
          params: { gateway: gateway.name || gateway.id, gatewayId: gateway.id, locked: gateway.locked },
          evidence,
        });
      } else if (missing !== undefined)
        yield unsure(about, 'LOCK_NOT_READ', { gateway: gateway.id }, missing, { evidence });
      else
        yield holds(input, about, 'NOT_LOCKED', () => ({ params: { gateway: gateway.name || gateway.id }, evidence }));
    }
  },
};
