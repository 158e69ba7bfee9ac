import { aboutGateway } from '../about-gateway.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { fewText } from '../../../ground/text/few-text.js';
import type { Gateway } from '../../../do/model/gateway.js';
import { keysOf, movedIntegrations, type MovedIntegration } from '../moved-integrations.js';
import { migrationCheck } from '../migration-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import { counted } from '../../../ground/text/counted.js';

/** The adapter's name for the quota. */
const QUOTA = 'integrations-per-api';

/**
 * The quota of every API; it cannot be increased:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const INTEGRATIONS_PER_API = 300;

/** `migrate/quota`. */
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
  codes: ['QUOTA_NOT_READ', 'WITHIN_QUOTA', 'QUOTA_EXCEEDED'],
  *run(input, say) {
    const { gateway, region } = input;
    const { clouds } = region;
    if (clouds.movesAsOne(gateway) || clouds.gateway(gateway.kind).quotas?.integrations === undefined) return;
    const { id, integrations } = gateway;
    const about = aboutGateway(gateway);
    const shared = movedIntegrations(input).filter(({ alike }) => alike.length > 0);
    const more = shared.length;
    const routes = keysOf(shared.flatMap(({ moved }) => moved));
    const unread = region.missing('gateways', id);
    if (integrations === undefined || unread !== undefined) {
      const fact = unread ?? {
        what: `the integrations of ${id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield say.unknown(about, 'QUOTA_NOT_READ', { more, id, routes }, fact, (p) => ({
        whether: quotaNotRead(p),
        severity: more === 0 ? 'warning' : 'error',
      }));
      return;
    }
    const there = integrations.length;
    const limit = region.region.quotas?.[QUOTA];
    const evidence: readonly Evidence[] = [
      { kind: 'quota', id: QUOTA, text: `${there} of ${limit ?? INTEGRATIONS_PER_API} integrations` },
      ...shared.map((one) => ({
        kind: 'integration',
        id: one.id,
        text: `also used by ${fewText(keysOf(one.alike), 5, ' and ')}`,
      })),
    ];
    if (limit === undefined) {
      const severity = more > 0 && there + more > INTEGRATIONS_PER_API ? 'error' : 'warning';
      yield say.unknown(about, 'QUOTA_NOT_READ', { more, id, routes }, quotaMissing(region), (p) => ({
        whether: quotaNotRead(p),
        evidence,
        severity,
      }));
    } else if (there + Math.max(more, 1) <= limit) {
      yield say.pass(
        about,
        'WITHIN_QUOTA',
        () => ({ id, there, limit, more }),
        (p) => ({
          message: `${p.id} has ${p.there} of ${p.limit} integrations, and the move needs ${p.more === 0 ? 'no new one' : `${p.more} more`}`,
          evidence,
        }),
      );
    } else {
      yield full(say, input.gateway, { there, limit, shared, evidence });
    }
  },
});

interface Full {
  readonly there: number;
  readonly limit: number;
  /** Integrations of routes that move alone. */
  readonly shared: readonly MovedIntegration[];
  readonly evidence: readonly Evidence[];
}

function full(say: Say, gateway: Gateway, { there, limit, shared, evidence }: Full) {
  const unused = unusedOf(gateway);
  const short = there + Math.max(shared.length, 1) - limit;
  const [first] = shared;
  return say.fail(
    aboutGateway(gateway),
    'QUOTA_EXCEEDED',
    {
      gateway: gateway.id,
      there,
      limit,
      routes: first && keysOf(first.moved),
      unusedCount: unused.length,
      short,
      unused: unused.slice(0, 5),
    },
    (p) => {
      const room =
        p.unusedCount >= p.short
          ? `Delete ${counted(p.short, 'integration')} that no route uses, such as ${p.unused.join(', ')}`
          : 'Make routes with the same backend share an integration, and delete the integrations that no route uses then';
      return {
        ...(p.routes === undefined
          ? {
              message: `${p.gateway} has ${p.there} of ${p.limit} integrations: the move changes them in place, and cannot be tried with another integration first`,
              remedy: `${room}, or move without a trial.`,
            }
          : {
              message: `${p.gateway} has ${p.there} of ${p.limit} integrations: ${fewText(p.routes, 5, ' and ')} cannot move alone without an integration of its own, which would be refused`,
              remedy: `${room}, or move the routes together (without --route).`,
            }),
        evidence: [
          ...evidence,
          ...unused.slice(0, 10).map((one) => ({ kind: 'integration', id: one, text: 'used by no route' })),
        ],
        severity: first === undefined ? 'warning' : 'error',
      };
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

function quotaNotRead({
  more,
  id,
  routes,
}: {
  readonly more: number;
  readonly id: string;
  readonly routes: readonly string[];
}): string {
  return more === 0
    ? `${id} has room for one more integration`
    : `${id} has room for ${counted(more, 'more integration')} for ${fewText(routes, 5, ' and ')} alone`;
}
