import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { aboutGateway, migrationCheck } from '../migration.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { fewText, counted } from '../../../ground/text/quantities.js';
import type { Gateway } from '../../../do/model/gateway.js';
import { keysOf, movedIntegrations, type MovedIntegration } from '../moved-integrations.js';

/** The adapter's name for the quota. */
const QUOTA = 'integrations-per-api';

/**
 * The quota of every API; it cannot be increased:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const INTEGRATIONS_PER_API = 300;

const CODES = {
  QUOTA_NOT_READ: unknown(
    '{id} has room for [if more=0: one more integration|{more} {more?more integration:more integrations} for {keys} alone]',
  ),
  WITHIN_QUOTA: pass(
    '{id} has {there} of {limit} integrations, and the move needs [if more=0: no new one|{more} more]',
  ),
  QUOTA_EXCEEDED: fail(
    '{gateway} has {there} of {limit} integrations: [{keys} cannot move alone without an integration of its own, which would be refused|the move changes them in place, and cannot be tried with another integration first]',
    '[Delete {enough} that no route uses, such as {unused}|Make routes with the same backend share an integration, and delete the integrations that no route uses then], or [if keys: move the routes together (without --route)|move without a trial].',
  ),
};

export const migrateQuota = migrationCheck({
  id: 'migrate/quota',
  severity: 'warning',
  title: 'The API has a free integration if the move needs one',
  about:
    'A move changes the link of each integration in place and needs no new integration, with one exception. ' +
    'If a route moves alone (`--route`) and shares its integration with routes that stay, it needs an ' +
    'integration of its own. An integration above the quota is refused: that is an error. Otherwise a full ' +
    'quota is a warning, because the new link cannot be tried with a second integration beside the old one. ' +
    'Routes keep their IDs and both links exist, so the move does not affect the quotas of routes and links.',
  codes: CODES,
  *run(input, say) {
    const { gateway, region } = input;
    const { clouds } = region;
    if (clouds.gateway(gateway.kind).movesAsOne || clouds.gateway(gateway.kind).quotas?.integrations === undefined)
      return;

    const { id, integrations } = gateway;
    const about = aboutGateway(gateway);
    const shared = movedIntegrations(input).filter(({ alike }) => alike.length > 0);
    const more = shared.length;
    const routes = keysOf(shared.flatMap(({ moved }) => moved));
    const on = { more, id, routes };
    const words = { keys: keysText(routes) };
    const unread = region.missing('gateways', id);
    if (integrations === undefined || unread !== undefined) {
      const fact = unread ?? {
        what: `the integrations of ${id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield say.QUOTA_NOT_READ(about, on, fact, { severity: more === 0 ? 'warning' : 'error', words });
      return;
    }

    const there = integrations.length;
    const limit = region.region.quotas?.[QUOTA];
    const evidence: readonly Evidence[] = [
      { kind: 'quota', id: QUOTA, text: `${there} of ${limit ?? INTEGRATIONS_PER_API} integrations` },
      ...shared.map((one) => ({
        kind: 'integration',
        id: one.id,
        text: `also used by ${keysText(keysOf(one.alike))}`,
      })),
    ];
    if (limit === undefined) {
      const severity = more > 0 && there + more > INTEGRATIONS_PER_API ? 'error' : 'warning';
      yield say.QUOTA_NOT_READ(about, on, quotaMissing(region), { evidence, severity, words });
    } else if (there + Math.max(more, 1) <= limit) yield say.WITHIN_QUOTA(about, { id, there, limit, more }, evidence);
    else yield full(say, input.gateway, { there, limit, shared, evidence });
  },
});

interface Full {
  readonly there: number;
  readonly limit: number;
  /** Integrations of routes that move alone. */
  readonly shared: readonly MovedIntegration[];
  readonly evidence: readonly Evidence[];
}

function full(say: Say<typeof CODES>, gateway: Gateway, { there, limit, shared, evidence }: Full) {
  const unused = unusedOf(gateway);
  const short = there + Math.max(shared.length, 1) - limit;
  const [first] = shared;
  const routes = first && keysOf(first.moved);
  return say.QUOTA_EXCEEDED(
    aboutGateway(gateway),
    {
      gateway: gateway.id,
      there,
      limit,
      routes,
      unusedCount: unused.length,
      short,
      unused: unused.slice(0, 5),
    },
    {
      evidence: [
        ...evidence,
        ...unused.slice(0, 10).map((one) => ({ kind: 'integration', id: one, text: 'used by no route' })),
      ],
      severity: first === undefined ? 'warning' : 'error',
      words: {
        keys: routes && keysText(routes),
        enough: unused.length >= short ? counted(short, 'integration') : undefined,
      },
    },
  );
}

function unusedOf({ integrations = [], routes }: Gateway): readonly string[] {
  const used = new Set(routes.map(({ integrationId }) => integrationId));
  return integrations.flatMap(({ id }) => (used.has(id) ? [] : [id])).toSorted();
}

function quotaMissing(region: RegionIndex): Missing {
  const gap = region.missing('quotas', QUOTA);
  if (gap?.failed === true) return gap;

  return {
    what: `the quota of integrations per API in ${region.region.region}`,
    remedy: 'Allow servicequotas:ListServiceQuotas for these credentials, then take the snapshot again.',
    permission: 'servicequotas:ListServiceQuotas',
  };
}

function keysText(keys: readonly string[]): string {
  return fewText(keys, 5, ' and ');
}
