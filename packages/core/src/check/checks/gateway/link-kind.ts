import { fail, pass, unknown } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import { linkText, mayBeNew, unseen } from '../../../do/world/link-facts.js';
import { defineCheck } from '../define-check.js';

export const gatewayLinkKind = defineCheck({
  id: 'gateway/link-kind',
  severity: 'error',
  title: 'The gateway supports the kind of the link',
  about: 'A gateway calls backends only through links of the kinds that it supports.',
  codes: {
    LINK_NOT_READ: unknown('{gateway} supports link {link}'),
    KIND_FITS: pass('{kind} {gateway} supports {linkText}'),
    KIND_UNFIT: fail(
      '{gateway} is of kind {kind} and does not support link {link}, which is of kind {linkKind}',
      'Use a link of kind {possible:or}, or another kind of API.',
    ),
  },
  *run(input, say) {
    for (const { name, gateway, link } of input.integrations) {
      if (gateway === undefined) continue;

      const about = aboutThings(name, thing('gateway', gateway.id));
      const unread = unseen(link);
      if (unread !== undefined && !mayBeNew(link)) {
        yield say.LINK_NOT_READ(about, { gateway: gateway.id, link: link.name }, unread);
        continue;
      }
      // A link that Postern creates has one kind, even where other facts about it are unresolved.
      if (link.link === undefined && link.unresolved !== undefined && !mayBeNew(link)) continue;

      const { kind } = link;
      const possible = link.region.clouds.gateway(gateway.kind).links;
      const evidence = [
        { kind: 'gateway', id: gateway.id, text: gateway.kind },
        { kind: 'link', id: link.link?.id ?? link.name, text: kind },
      ];
      if (possible.includes(kind)) {
        yield say.KIND_FITS(about, { kind: gateway.kind, gateway: gateway.id, linkText: linkText(link) }, evidence);
      } else {
        yield say.KIND_UNFIT(
          about,
          { gateway: gateway.id, kind: gateway.kind, linkKind: kind, link: link.name, possible },
          evidence,
        );
      }
    }
  },
});
