import { aboutThings, defineCheck, gatewayId, thing, unreadGateway, fail, pass, unknown } from '@postern/core/checks';

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
  codes: {
    GATEWAY_NOT_READ: unknown('{gateway} is locked'),
    LOCKED: fail(
      '{gateway} ({gatewayId}) is locked: {locked}',
      'Resolve the cause of the lock ({locked}) with Alibaba Cloud, then check again.',
    ),
    LOCK_NOT_READ: unknown('{gateway} is locked'),
    NOT_LOCKED: pass('{gateway} is not locked'),
  },
  *run(input, say) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      const isGroup = link.region.clouds.gatewayOf(spec.gateway).movesAsOne;
      const unread = isGroup ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
        yield say.GATEWAY_NOT_READ(about, { gateway: gatewayId(spec.gateway) }, unread);
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
        yield say.LOCKED(
          about,
          { gateway: gateway.name || gateway.id, gatewayId: gateway.id, locked: gateway.locked },
          evidence,
        );
      } else if (missing !== undefined) yield say.LOCK_NOT_READ(about, { gateway: gateway.id }, missing, evidence);
      else yield say.NOT_LOCKED(about, { gateway: gateway.name || gateway.id }, evidence);
    }
  },
});
