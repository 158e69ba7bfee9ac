import { stating, type Judgement } from '../../findings/statement.js';
import type { gatewayLinkKindWords } from './words/link-kind.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import { kindOf, linkText, mayBeNew, unseen } from '../../world/link-facts.js';

const { fails, holds, unsure } = stating<(typeof gatewayLinkKindWords)['says']>();

/** `gateway/link-kind`. */
export const gatewayLinkKind: Judgement = {
  id: 'gateway/link-kind',
  severity: 'error',
  *run(input) {
    for (const { name, gateway, link } of input.integrations) {
      if (gateway === undefined) continue;
      const about = aboutThings(name, thing('gateway', gateway.id));
      const unread = unseen(link);
      if (unread !== undefined && !mayBeNew(link)) {
        yield unsure(about, 'LINK_NOT_READ', { gateway: gateway.id, link: link.name }, unread);
        continue;
      }
      // A link that Postern creates has one kind, even where other facts about it are unresolved.
      if (link.link === undefined && link.unresolved !== undefined && !mayBeNew(link)) continue;
      const kind = kindOf(link);
      const possible = GATEWAY_KINDS[gateway.kind].links;
      const evidence = [
        { kind: 'gateway', id: gateway.id, text: gateway.kind },
        { kind: 'link', id: link.link?.id ?? link.name, text: kind },
      ];
      if (possible.includes(kind)) {
        yield holds(input, about, 'KIND_FITS', () => ({
          params: { kind: gateway.kind, gateway: gateway.id, linkText: linkText(link) },
          evidence,
        }));
      } else {
        yield fails(about, 'KIND_UNFIT', {
          params: { gateway: gateway.id, kind: gateway.kind, linkKind: kind, link: link.name, possible },
          evidence,
        });
      }
    }
  },
};
