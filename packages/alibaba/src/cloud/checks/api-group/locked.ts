import { aboutThings, defineCheck, gatewayId, thing, unreadGateway } from '@postern/core/checks';

/** `gateway/locked`. */
export const gatewayLocked = defineCheck({
  id: 'gateway/locked',
  severity: 'error',
  title: 'The gateway is not locked by the provider',
  about:
    'Alibaba Cloud locks an API group for an overdue bill or a suspected breach of law. A locked group cannot be changed or moved, ' +
    'and its calls may be refused.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapigroup',
  ],
  codes: ['GATEWAY_NOT_READ', 'LOCKED', 'LOCK_NOT_READ', 'NOT_LOCKED'],
  *run(input, say) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      const isGroup = link.region.clouds.gatewayOf(spec.gateway).movesAsOne;
      const unread = isGroup ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
        yield say.unknown(
          about,
          'GATEWAY_NOT_READ',
          { gateway: gatewayId(spec.gateway) },
          unread,
          (p) => `${p.gateway} is locked`,
        );
      }
      if (gateway === undefined || !link.region.clouds.movesAsOne(gateway)) continue;
      const about = aboutThings(name, thing('gateway', gateway.id));
      const evidence = [
        {
          kind: 'gateway',
          id: gateway.id,
          text: gateway.locked === undefined ? 'not locked' : `locked: ${gateway.locked}`,
        },
      ];
      const missing = link.region.missing('gateways', gateway.id);
      if (gateway.locked !== undefined) {
        yield say.fail(
          about,
          'LOCKED',
          { gateway: gateway.name || gateway.id, gatewayId: gateway.id, locked: gateway.locked },
          (p) => ({
            message: `${p.gateway} (${p.gatewayId}) is locked: ${p.locked}`,
            remedy: `Resolve the cause of the lock (${p.locked}) with Alibaba Cloud, then check again.`,
            evidence,
          }),
        );
      } else if (missing !== undefined)
        yield say.unknown(about, 'LOCK_NOT_READ', { gateway: gateway.id }, missing, (p) => ({
          whether: `${p.gateway} is locked`,
          evidence,
        }));
      else
        yield say.pass(
          about,
          'NOT_LOCKED',
          () => ({ gateway: gateway.name || gateway.id }),
          (p) => ({ message: `${p.gateway} is not locked`, evidence }),
        );
    }
  },
});
