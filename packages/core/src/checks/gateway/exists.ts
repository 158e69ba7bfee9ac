import { aboutThings, thing } from '../../findings/subject.js';
import { gatewayId } from '../../kinds/gateway/gateway-kinds.js';
import type { Check } from '../../findings/check.js';

/** A gateway is never created, so it has to be there. */
export const gatewayExists: Check = {
  id: 'gateway/exists',
  title: 'The gateway is there, and of the kind that the spec says',
  severity: 'error',
  about:
    'The API or API group that an integration names is looked for in the snapshot, together with its kind: an HTTP API is no REST API. ' +
    'Gateways are never created, so that one that is not there fails every route that leads through it.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html'],
  *run({ integrations }) {
    for (const { name, spec, gateway, unresolved } of integrations) {
      const id = gatewayId(spec.gateway);
      const about = aboutThings(name, thing('gateway', id));
      if (unresolved !== undefined) {
        const { verdict, message, remedy, code } = unresolved;
        const evidence = [{ kind: 'spec', id: `integrations.${name}.gateway`, text: code }];
        yield { ...about, verdict, message, evidence, remedy };
      } else {
        const kind = gateway?.kind ?? 'gateway';
        const evidence = [{ kind: 'gateway', id, text: gateway?.name ?? '' }];
        yield { ...about, verdict: 'pass', message: `it is there, of kind ${kind}`, evidence };
      }
    }
  },
};
