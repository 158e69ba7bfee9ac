import type { Json } from '@postern/core/adapter';
import { memberIn, membersOf, textIn } from '../json-members.js';
import type { About } from '../assessment.js';
import { say, type Found } from '../rule.js';

/** Where a parameter of a condition is: routes of APIG match headers and queries, and weights are shares. */
const MATCHED = /^(?:header|query)(?::|$)/i;

/**
 * What becomes of a routing plug-in: `{ parameters: { App: "Header:x-app" }, routes: [{ condition: "$App = 'x'", backend }] }`.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/plug-ins-of-the-routing-type
 */
export function* routingItems(title: string, body: Json, about: About): Iterable<Found> {
  const places = memberIn(body, 'parameters');
  const routes = membersOf(body, 'routes');
  const lost = routes.filter((route) => !isMatched(textIn(route, 'condition') ?? '', places));
  const kept = routes.length - lost.length;
  if (kept > 0) {
    yield say.changed('ROUTING_ROUTES', about, {
      target: `${kept} more routes for each API`,
      affects: ['callers'],
      who: 'platform',
      message: `${title} sends calls to other backends by ${kept} conditions of headers and queries. A route that matches them does the same; \`postern handover run\` does not create it.`,
      remedy: 'Create a route for each condition after the run and before the switch, and call each.',
    });
  }
  if (lost.length > 0) {
    const names = lost.map((route, at) => textIn(route, 'name') ?? `${at + 1}`).join(', ');
    yield say.blocked('ROUTING_CONDITION', about, {
      affects: ['callers'],
      who: 'platform',
      message: `${title} decides by conditions that routes of APIG do not have: ${names}.`,
      remedy:
        'Write conditions of headers and queries with =, or let the backend decide. A waiver leaves these routes out.',
    });
  }
}

/** Whether a condition is a list of equalities of headers and queries. */
function isMatched(condition: string, places: Json | undefined): boolean {
  if (condition === '' || /\bor\b|!=|<|>|\blike\b|\bin\b|\bnot\b/i.test(condition)) return false;
  const names = [...condition.matchAll(/\$\{?(\w+)\}?/g)].map(([, name = '']) => name);
  return names.length > 0 && names.every((name) => MATCHED.test(textIn(places, name) ?? ''));
}
