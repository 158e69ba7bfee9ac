import { aboutThings, thing } from '../../../do/findings/subject.js';
import { kindOf, linkText, mayBeNew, unseen } from '../../../do/world/link-facts.js';
import { defineCheck } from '../define-check.js';

/** `gateway/link-kind`. */
export const gatewayLinkKind = defineCheck({
  id: 'gateway/link-kind',
  severity: 'error',
  title: 'The gateway supports the kind of the link',
  about: 'A gateway calls backends only through links of the kinds that it supports.',
  codes: ['LINK_NOT_READ', 'KIND_FITS', 'KIND_UNFIT'],
  *run(input, say) {
    for (const { name, gateway, link } of input.integrations) {
      if (gateway === undefined) continue;
      const about = aboutThings(name, thing('gateway', gateway.id));
      const unread = unseen(link);
      if (unread !== undefined && !mayBeNew(link)) {
        yield say.unknown(
          about,
          'LINK_NOT_READ',
          { gateway: gateway.id, link: link.name },
          unread,
          (p) => `${p.gateway} supports link ${p.link}`,
        );
        continue;
      }
      // A link that Postern creates has one kind, even where other facts about it are unresolved.
      if (link.link === undefined && link.unresolved !== undefined && !mayBeNew(link)) continue;
      const kind = kindOf(link);
      const possible = link.region.clouds.gateway(gateway.kind).links;
      const evidence = [
        { kind: 'gateway', id: gateway.id, text: gateway.kind },
        { kind: 'link', id: link.link?.id ?? link.name, text: kind },
      ];
      if (possible.includes(kind)) {
        yield say.pass(
          about,
          'KIND_FITS',
          () => ({ kind: gateway.kind, gateway: gateway.id, linkText: linkText(link) }),
          (p) => ({ message: `${p.kind} ${p.gateway} supports ${p.linkText}`, evidence }),
        );
      } else {
        yield say.fail(
          about,
          'KIND_UNFIT',
          { gateway: gateway.id, kind: gateway.kind, linkKind: kind, link: link.name, possible },
          (p) => ({
            message: `${p.gateway} is of kind ${p.kind} and does not support link ${p.link}, which is of kind ${p.linkKind}`,
            remedy: `Use a link of kind ${p.possible.join(' or ')}, or another kind of API.`,
            evidence,
          }),
        );
      }
    }
  },
});
