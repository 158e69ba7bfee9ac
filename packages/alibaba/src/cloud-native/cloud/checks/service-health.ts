import type { Missing } from '@postern/core/internal/check';
import { aboutTarget, defineCheck, fail, pass, unknown } from '@postern/core/internal/checks';

const UNREACHED = 'the gateway does not reach {unhealthy|any endpoint} of service {service}[ ({reason})]';
const FOLLOW =
  'Follow the findings of path/* for this target; where they pass, check whether the backend answers the health check of service {service}.';

export const targetServiceHealth = defineCheck({
  id: 'target/service-health',
  severity: 'error',
  title: 'The gateway finds its service healthy',
  about:
    'A gateway of Cloud-native API Gateway checks the endpoints of a service itself, from its own nodes, once an active health ' +
    'check is on. Its result is evidence beside the verdict about the path: it is of the live network, at the time of the snapshot. ' +
    'Without a health check every service is reported as healthy, so that the verdict is unknown. An unhealthy endpoint beside ' +
    'healthy ones is a warning.',
  sources: ['https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/user-guide/service/'],
  codes: {
    NOT_CHECKED: unknown('the gateway reaches service {service}', 'note'),
    HEALTHY: pass('the gateway reaches every endpoint of service {service}'),
    SOME_UNHEALTHY: fail(UNREACHED, FOLLOW, 'warning'),
    UNHEALTHY: fail(UNREACHED, FOLLOW),
  },
  *run(input, say) {
    for (const view of input.integrations) {
      for (const one of view.targets) {
        const { target } = one;
        if (target?.health === undefined) continue;

        const about = aboutTarget(view, one);
        const { checked, nativeState, unhealthy, reason } = target.health;
        const { endpoints = [], id } = target;
        const name = target.name ?? id;
        const facts = { service: name, unhealthy, reason };
        const evidence = [{ kind: 'service', id, text: [nativeState ?? 'no state', ...unhealthy].join(', ') }];
        const ofNone = unhealthy.length === 0 && nativeState !== 'Unhealthy';
        if (!checked) yield say.NOT_CHECKED(about, { service: name }, unchecked(name), evidence);
        else if (ofNone) yield say.HEALTHY(about, { service: name }, evidence);
        else if (nativeState !== 'Unhealthy' && unhealthy.length < endpoints.length)
          yield say.SOME_UNHEALTHY(about, facts, evidence);
        else yield say.UNHEALTHY(about, facts, evidence);
      }
    }
  },
});

function unchecked(service: string): Missing {
  return {
    what: `the live health of service ${service}`,
    remedy: `Turn the active health check of service ${service} on (UpdateService, healthCheckConfig), and take the snapshot again.`,
  };
}
