import { aboutThings, thing, type About } from '../../findings/subject.js';
import { gatewayId, gatewayKind, movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import { isSameLink } from '../../kinds/group-link.js';
import type { CheckInput, IntegrationView, LinkView } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { isNew, linkText, unseen } from '../../world/link-facts.js';
import type { Evidence } from '../../findings/finding.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { moveOutcomes } from './group-move.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';

/** `gateway/on-link`. */
export const gatewayOnLink: Check = {
  id: 'gateway/on-link',
  title: 'The API group is on its link, or nothing keeps it from being brought there',
  severity: 'error',
  about:
    'An API group of Alibaba Cloud is on one instance, with all its APIs. One that is elsewhere than the spec wants it is moved by ' +
    '`postern apply` when its first route is made: but not where others have APIs published in it, and not where the service refuses the ' +
    'move, which looks at the backend of each draft, publication, plug-in and named backend of the group first. A group that two integrations lead through two ' +
    'links would be moved by each. What else a move brings, `postern migrate validate` says.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    const users = usersOf(input);
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (!movesAsOne({ kind: gatewayKind(spec.gateway) })) continue;
      const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
      const whether = `API group ${gatewayId(spec.gateway)} is on link ${link.name}`;
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unseen(link);
      if (unread !== undefined) yield unsure(about, whether, unread);
      if (gateway === undefined || unread !== undefined || !movesAsOne(gateway)) continue;
      const other = users.get(gateway)?.find((one) => !isSameLink(linkOf(one.link), linkOf(link)));
      if (other !== undefined) {
        yield fails(about, {
          message: `${title(gateway)} is led through link ${link.name} here and through link ${other.link.name} by ${other.name}: a group is on one instance, and each run would move it away from the other`,
          evidence: [placeOf(view), placeOf(other)],
          remedy: `Lead both through one link, or use another API group for ${name}.`,
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

/** A group whose link is known: it is there, or is to be brought there. */
function* placed(input: CheckInput, view: IntegrationView, gateway: Gateway, about: About): Generator<Outcome> {
  const { link } = view;
  const { linkId } = gateway;
  const evidence = [{ kind: 'gateway', id: gateway.id, text: `on ${linkId ?? 'an instance that was not told'}` }];
  if (linkId === undefined) {
    const missing = link.region.missing('gateways', gateway.id) ?? {
      what: `which instance ${gateway.id} is on`,
      remedy: `Look at ${gateway.id} in the console.`,
    };
    yield unsure(about, `${title(gateway)} is on ${linkText(link)}`, missing);
  } else if (linkId === link.link?.id) {
    yield holds(input, about, () => ({ message: `${title(gateway)} is on ${linkId}`, evidence }));
  } else {
    const isExternal = view.spec.owner === 'external';
    const there = routesByKey(gateway);
    const led = view.targets.flatMap(({ routeKeys }) => routeKeys.filter((key) => there.has(key)));
    const troubles = isExternal ? [] : [...moveOutcomes(input, view, gateway, about)];
    yield* troubles;
    if (link.link !== undefined && (led.length > 0 || isExternal)) {
      yield fails(about, {
        message: `${title(gateway)} is on ${linkId}, not on ${linkText(link)}: its calls take another way`,
        evidence: [
          ...evidence,
          ...led.slice(0, 5).map((key) => ({ kind: 'route', id: key, text: `leads through ${linkId}` })),
        ],
        remedy: isExternal
          ? `Have ${gateway.id} moved to ${link.link.id}, or name the instance that it is on as links.${link.name}.id.`
          : `Run \`postern apply\`: it moves ${gateway.id} to ${link.link.id}.`,
      });
    } else if (troubles.length === 0) {
      yield holds(input, about, () => ({
        message: `${title(gateway)} is on ${linkId}, and \`postern apply\` brings it to ${linkText(link)}`,
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
