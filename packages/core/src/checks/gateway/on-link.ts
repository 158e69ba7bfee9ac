import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { gatewayOnLinkWords } from './words/on-link.words.js';
import { aboutThings, thing, type About } from '../../findings/subject.js';
import { gatewayId, gatewayKind, movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import { isSameLink } from '../../kinds/group-link.js';
import type { CheckInput, IntegrationView, LinkView } from '../../world/views.js';
import { isNew, linkText, unseen } from '../../world/link-facts.js';
import type { Evidence } from '../../findings/finding.js';
import { moveOutcomes } from './group-move.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';

const { fails, holds, unsure } = stating<(typeof gatewayOnLinkWords)['says']>();

/** `gateway/on-link`. */
export const gatewayOnLink: Judgement = {
  id: 'gateway/on-link',
  severity: 'error',
  *run(input) {
    const users = usersOf(input);
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (!movesAsOne({ kind: gatewayKind(spec.gateway) })) continue;
      const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      if (unread !== undefined)
        yield unsure(about, 'GATEWAY_NOT_READ', { gateway: gatewayId(spec.gateway), link: link.name }, unread);
      if (gateway === undefined || unread !== undefined || !movesAsOne(gateway)) continue;
      const other = users.get(gateway)?.find((one) => !isSameLink(linkOf(one.link), linkOf(link)));
      if (other !== undefined) {
        yield fails(about, 'ON_TWO_LINKS', {
          params: {
            title: title(gateway),
            link: link.name,
            otherLink: other.link.name,
            integration: other.name,
            otherIntegration: name,
          },
          evidence: [placeOf(view), placeOf(other)],
        });
      } else if (link.link !== undefined || isNew(link)) yield* placed(input, view, gateway, about);
    }
  },
};

/** The integrations of each gateway. */
function usersOf({ integrations }: CheckInput): ReadonlyMap<Gateway, readonly IntegrationView[]> {
  const users = new Map<Gateway, IntegrationView[]>();
  for (const view of integrations) {
    if (view.gateway === undefined || !movesAsOne(view.gateway)) continue;
    const known = users.get(view.gateway);
    if (known === undefined) users.set(view.gateway, [view]);
    else known.push(view);
  }
  return users;
}

/** A group whose link is known: it is on the link, or is to be moved there. */
function* placed(input: CheckInput, view: IntegrationView, gateway: Gateway, about: About): Generator<Statement> {
  const { link } = view;
  const { linkId } = gateway;
  const evidence = [{ kind: 'gateway', id: gateway.id, text: `on ${linkId ?? 'an unknown instance'}` }];
  if (linkId === undefined) {
    const missing = link.region.missing('gateways', gateway.id) ?? {
      what: `the instance of ${gateway.id}`,
      remedy: `Check the instance of ${gateway.id} in the console.`,
    };
    yield unsure(about, 'LINK_NOT_READ', { title: title(gateway), linkText: linkText(link) }, missing);
  } else if (linkId === link.link?.id) {
    yield holds(input, about, 'ON_LINK', () => ({ params: { title: title(gateway), linkId }, evidence }));
  } else {
    const isExternal = view.spec.owner === 'external';
    const there = routesByKey(link.region, gateway);
    const led = view.targets.flatMap(({ routeKeys }) => routeKeys.filter((key) => there.has(key)));
    const troubles = isExternal ? [] : [...moveOutcomes(input, view, gateway, about)];
    yield* troubles;
    if (link.link !== undefined && (led.length > 0 || isExternal)) {
      yield fails(about, 'ON_OTHER_LINK', {
        params: {
          title: title(gateway),
          linkId,
          linkText: linkText(link),
          isExternal,
          gateway: gateway.id,
          wantedLink: link.link.id,
          link: link.name,
        },
        evidence: [...evidence, ...led.slice(0, 5).map((key) => ({ kind: 'route', id: key, text: `uses ${linkId}` }))],
      });
    } else if (troubles.length === 0) {
      yield holds(input, about, 'MOVED_BY_APPLY', () => ({
        params: { title: title(gateway), linkId, linkText: linkText(link) },
        evidence,
      }));
    }
  }
}

function title({ id, name }: Gateway): string {
  return name === '' ? `API group ${id}` : `API group ${name} (${id})`;
}

function linkOf({ name, link }: LinkView): { readonly name: string; readonly id?: string | undefined } {
  return { name, id: link?.id };
}

function placeOf({ name, link }: IntegrationView): Evidence {
  return { kind: 'spec', id: `integrations.${name}.link`, text: link.name };
}
