import type { Missing } from '@postern/core/check';
import { aboutTarget, defineCheck } from '@postern/core/checks';

/** `target/service-health`. */
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
  codes: ['NOT_CHECKED', 'HEALTHY', 'SOME_UNHEALTHY', 'UNHEALTHY'],
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
        if (!checked) {
          yield say.unknown(about, 'NOT_CHECKED', { service: name }, unchecked(name), (p) => ({
            whether: `the gateway reaches service ${p.service}`,
            evidence,
            severity: 'note',
          }));
        } else if (ofNone) {
          yield say.pass(
            about,
            'HEALTHY',
            () => ({ service: name }),
            (p) => ({ message: `the gateway reaches every endpoint of service ${p.service}`, evidence }),
          );
        } else {
          const isPart = nativeState !== 'Unhealthy' && unhealthy.length < endpoints.length;
          yield say.fail(about, isPart ? 'SOME_UNHEALTHY' : 'UNHEALTHY', facts, (p) => ({
            message: `the gateway does not reach ${p.unhealthy.join(', ') || 'any endpoint'} of service ${p.service}${p.reason === undefined ? '' : ` (${p.reason})`}`,
            remedy: `Follow the findings of path/* for this target; where they pass, check whether the backend answers the health check of service ${p.service}.`,
            evidence,
            severity: isPart ? 'warning' : 'error',
          }));
        }
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
