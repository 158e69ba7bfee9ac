import type { Check } from '../do/findings/check.js';
import { isNew } from '../do/world/link-facts.js';
import { servedOn, type ServedOn } from '../do/world/routes/served.js';
import { takingRoute } from '../do/world/routes/taking-route.js';
import type { IntegrationView, LinkView, RegionIndex } from '../do/world/views.js';
import { routesByKey } from '../do/world/routes/routes-by-key.js';
import { fewText } from '../ground/text/few-text.js';
import type { WatchReason } from './model.js';

/**
 * Why calls cannot use a subject of a history yet: its link or one of its routes does not exist, and a plan would create it. Checks judge
 * that as the spec declares it, so none of them fails for it.
 */
export type Uncreated = ReadonlyMap<string, WatchReason>;

/** A check without findings: it collects what does not exist from the views that all checks get. */
export function collectsUncreated(found: Map<string, WatchReason>): Check {
  const about = 'Collects links and routes that do not exist yet.';
  return {
    id: CREATED,
    title: about,
    about,
    severity: 'note',
    sources: [],
    run: ({ integrations, links }) => {
      const add = (subject: string, reason: WatchReason | undefined): void => {
        if (reason !== undefined) found.set(subject, reason);
      };
      for (const link of links) add(`link ${link.name}`, absentLink(link));
      for (const view of integrations) add(`integration ${view.name}`, absentLink(view.link) ?? absentRoutes(view));
      return [];
    },
  };
}

const CREATED = 'watch/created';

function absentLink(view: LinkView): WatchReason | undefined {
  if (!isNew(view)) return undefined;
  const still = view.replaced === undefined ? '' : `; ${view.replaced.id}, which it replaces, carries the calls`;
  return reason(`link ${view.name}`, `Link ${view.name} does not exist yet${still}.`);
}

/** What callers do not get: a route that the gateway does not have, or that a stage does not serve. */
function absentRoutes({ name, spec, link, gateway, targets }: IntegrationView): WatchReason | undefined {
  // `gateway/live-route` fails for routes of others that do not exist.
  if (spec.owner === 'external' || gateway === undefined || link.region.missing('gateways', gateway.id) !== undefined)
    return undefined;
  const there = routesByKey(link.region, gateway);
  const stages = servedOn(link.region.clouds, gateway, spec.gateway);
  const keys = targets.flatMap(({ routeKeys }) => routeKeys);
  const absent = keys.filter((key) => {
    const answers = stages.map((stage) => serves(link.region, stage, key));
    return answers.includes(false) || (!there.has(key) && !answers.includes(true));
  });
  if (absent.length === 0) return undefined;
  const many = `${absent.length} of ${keys.length} routes do not exist on ${gateway.id} yet: ${fewText(absent)}.`;
  const text = keys.length === 1 ? `Route ${absent[0]} does not exist on ${gateway.id} yet.` : many;
  return reason(`routes of ${name}`, text);
}

/** Undefined: its routes were not read. */
function serves(region: RegionIndex, on: ServedOn, key: string): boolean | undefined {
  return on.routes && takingRoute(routesByKey(region, on), key) !== undefined;
}

function reason(subject: string, message: string): WatchReason {
  return { check: CREATED, code: 'NOT_CREATED', subject, message, remedy: 'Run `postern apply`.', ids: [] };
}
