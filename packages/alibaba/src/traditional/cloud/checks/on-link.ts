import type { CheckInput, Evidence, IntegrationView, LinkView, Outcome, Say } from '@postern/core/internal/check';
import {
  gatewayTraits,
  type About,
  aboutThings,
  defineCheck,
  fail,
  gatewayId,
  isNew,
  isSameLink,
  linkText,
  pass,
  routesByKey,
  thing,
  unknown,
  unreadGateway,
  unseen,
} from '@postern/core/internal/checks';
import type { Gateway } from '@postern/core/internal/snapshot';
import { groupedPairs } from '@postern/core/internal/kinds';
import { GROUP_MOVE_CODES, moveOutcomes } from './group-move.js';

const CODES = {
  ...GROUP_MOVE_CODES,
  GATEWAY_NOT_READ: unknown('API group {gateway} is on link {link}'),
  ON_TWO_LINKS: fail(
    '{title} has link {link} in this integration and link {otherLink} in {integration}: a group is on one instance, and each run would move it to the other link',
    'Declare the same link in both, or use another API group for {otherIntegration}.',
  ),
  LINK_NOT_READ: unknown('{title} is on {linkText}'),
  ON_LINK: pass('{title} is on {linkId}'),
  ON_OTHER_LINK: fail(
    '{title} is on {linkId}, not on {linkText}: its calls take another path',
    '[if isExternal: Ask the owner of {gateway} to move it to {wantedLink}, or set links.{link}.id to the instance that it is on.|Run `postern apply`: it moves {gateway} to {wantedLink}.]',
  ),
  MOVED_BY_APPLY: pass('{title} is on {linkId}, and `postern apply` moves it to {linkText}'),
};

export const gatewayOnLink = defineCheck({
  id: 'gateway/on-link',
  severity: 'error',
  title: 'The API group is on its link, or can be moved there',
  about:
    'An API group of Alibaba Cloud is on one instance, with all its APIs. `postern apply` moves a group that is on another instance than ' +
    'declared, when it creates the first route. It does not move a group in which other owners have published APIs. The service checks the ' +
    'backend of each draft, publication, plug-in and named backend of the group first, and may refuse the move. If two integrations ' +
    'declare two links for one group, each run moves the group. `postern migrate validate` reports the other effects of a move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: CODES,
  *run(input, say) {
    const users = usersOf(input);
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (!gatewayTraits(link.region.clouds, spec.gateway).movesAsOne) continue;

      const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      if (unread !== undefined)
        yield say.GATEWAY_NOT_READ(about, { gateway: gatewayId(spec.gateway), link: link.name }, unread);
      if (gateway === undefined || unread !== undefined || !link.region.clouds.gateway(gateway.kind).movesAsOne)
        continue;

      const other = users.get(gateway)?.find((one) => !isSameLink(linkOf(one.link), linkOf(link)));
      if (other !== undefined) {
        const on = { title: title(gateway), link: link.name, otherLink: other.link.name, integration: other.name };
        yield say.ON_TWO_LINKS(about, { ...on, otherIntegration: name }, [placeOf(view), placeOf(other)]);
      } else if (link.link !== undefined || isNew(link)) yield* placed(say, input, view, gateway, about);
    }
  },
});

function usersOf({ integrations }: CheckInput): ReadonlyMap<Gateway, readonly IntegrationView[]> {
  return groupedPairs(
    integrations.flatMap((view) => {
      const { gateway, link } = view;
      return gateway !== undefined && link.region.clouds.gateway(gateway.kind).movesAsOne
        ? [[gateway, view] as const]
        : [];
    }),
  );
}

/** A group whose link is known: it is on the link, or is to be moved there. */
function* placed(
  say: Say<typeof CODES>,
  input: CheckInput,
  view: IntegrationView,
  gateway: Gateway,
  about: About,
): Generator<Outcome> {
  const { link } = view;
  const { linkId } = gateway;

  const evidence = [{ kind: 'gateway', id: gateway.id, text: `on ${linkId ?? 'an unknown instance'}` }];
  if (linkId === undefined) {
    const missing = link.region.missing('gateways', gateway.id) ?? {
      what: `the instance of ${gateway.id}`,
      remedy: `Check the instance of ${gateway.id} in the console.`,
    };
    yield say.LINK_NOT_READ(about, { title: title(gateway), linkText: linkText(link) }, missing);
  } else if (linkId === link.link?.id) yield say.ON_LINK(about, { title: title(gateway), linkId }, evidence);
  else {
    const on = { title: title(gateway), linkId, linkText: linkText(link) };
    const isExternal = view.spec.owner === 'external';
    const routesOfGateway = routesByKey(link.region, gateway);
    const led = view.targets.flatMap(({ routeKeys }) => routeKeys.filter((key) => routesOfGateway.has(key)));
    const troubles = isExternal ? [] : [...moveOutcomes(say, input, view, gateway, about)];
    yield* troubles;
    if (link.link !== undefined && (led.length > 0 || isExternal)) {
      const uses = led.slice(0, 5).map((key) => ({ kind: 'route', id: key, text: `uses ${linkId}` }));
      yield say.ON_OTHER_LINK(
        about,
        { ...on, isExternal, gateway: gateway.id, wantedLink: link.link.id, link: link.name },
        { mendedBy: isExternal ? undefined : 'apply', evidence: [...evidence, ...uses] },
      );
    } else if (troubles.length === 0) yield say.MOVED_BY_APPLY(about, on, evidence);
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
