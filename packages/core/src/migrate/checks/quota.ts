import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { aboutGateway } from '../about-gateway.js';
import type { Missing, RegionIndex } from '../../world/views.js';
import type { Evidence } from '../../findings/finding.js';
import { counted } from '../../text/counted.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { Gateway } from '../../model/gateway.js';
import type { MigrationCheck } from '../migration-input.js';
import { keysOf, movedIntegrations, type MovedIntegration } from '../moved-integrations.js';

/** The adapter's name of the quota. */
const QUOTA = 'integrations-per-api';

/** What every API has; nobody can have it raised: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const INTEGRATIONS_PER_API = 300;

/** `migrate/quota`. */
export const migrateQuota: MigrationCheck = {
  id: 'migrate/quota',
  title: 'The API has room for an integration that the move may need',
  severity: 'warning',
  about:
    'A move changes the link of each integration in place, and so needs no new one, with one exception: where a route is to move alone (`--route`) and shares its integration with routes that stay, it needs ' +
    'one of its own. An HTTP API has 300 integrations at most, which no ticket raises, and one too many is refused: that is an error. Otherwise a full quota is a warning, because nobody can try ' +
    'the new link beside the old one with a second integration. Routes keep their ids and both links are there, so that no quota of routes or links is touched.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
  ],
  *run(input) {
    const { check, gateway, region } = input;
    if (movesAsOne(gateway)) return;
    const { id, integrations } = gateway;
    const about = aboutGateway(gateway);
    const shared = movedIntegrations(input).filter(({ alike }) => alike.length > 0);
    const more = shared.length;
    const whether = more === 0 ? `${id} has room for an integration beside the old one` : needsText(id, shared);
    const unread = region.missing('gateways', id);
    if (integrations === undefined || unread !== undefined) {
      const fact = unread ?? {
        what: `the integrations of ${id}`,
        remedy: 'Take the snapshot again with `postern snapshot`.',
      };
      yield unsure(about, whether, fact, { severity: more === 0 ? 'warning' : 'error' });
      return;
    }
    const there = integrations.length;
    const limit = region.region.quotas?.[QUOTA];
    const evidence: readonly Evidence[] = [
      { kind: 'quota', id: QUOTA, text: `${there} of ${limit ?? INTEGRATIONS_PER_API} integrations` },
      ...shared.map((one) => ({ kind: 'integration', id: one.id, text: `also of ${keysOf(one.alike)}` })),
    ];
    if (limit === undefined) {
      const severity = more > 0 && there + more > INTEGRATIONS_PER_API ? 'error' : 'warning';
      yield unsure(about, whether, quotaMissing(region), { evidence, severity });
    } else if (there + Math.max(more, 1) <= limit) {
      yield holds(check, about, () => ({
        message: `${id} has ${there} of ${limit} integrations, and the move needs ${more === 0 ? 'no other' : `${more} more`}`,
        evidence,
      }));
    } else {
      yield full(input.gateway, { there, limit, shared, evidence });
    }
  },
};

interface Full {
  readonly there: number;
  readonly limit: number;
  /** Integrations of routes that move alone. */
  readonly shared: readonly MovedIntegration[];
  readonly evidence: readonly Evidence[];
}

function full(gateway: Gateway, { there, limit, shared, evidence }: Full) {
  const unused = unusedOf(gateway);
  const short = there + Math.max(shared.length, 1) - limit;
  const has = `${gateway.id} has ${there} of ${limit} integrations`;
  const room =
    unused.length >= short
      ? `Delete ${counted(short, 'integration')} that no route uses, such as ${unused.slice(0, 5).join(', ')}`
      : 'Let routes with the same backend share an integration and delete what no route uses then';
  const [first] = shared;
  return fails(aboutGateway(gateway), {
    message:
      first === undefined
        ? `${has}: the move changes them in place, and there is no room to try it with another one first`
        : `${has}, and ${keysOf(first.moved)} cannot move alone without one of its own, which would be refused`,
    evidence: [
      ...evidence,
      ...unused.slice(0, 10).map((one) => ({ kind: 'integration', id: one, text: 'of no route' })),
    ],
    remedy:
      first === undefined
        ? `${room}, or move without a trial.`
        : `${room}, or move the routes together (without --route).`,
    severity: first === undefined ? 'warning' : 'error',
  });
}

function needsText(id: string, shared: readonly MovedIntegration[]): string {
  return `${id} has room for ${counted(shared.length, 'integration')} of ${keysOf(shared.flatMap(({ moved }) => moved))} alone`;
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
