import { describe } from 'vitest';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import { LISTENER } from '../aws-region.js';
import { useWebSocketApi, rest } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { listener } from './listener.js';

const required =
  (clientCertificate: Stage['clientCertificate'], mode: 'required' | 'none' = 'required') =>
  (world: World): void => {
    listener({ clientCertificates: mode })(world);
    for (const stage of world.the('gateways', 'api-1').stages) Object.assign(stage, { clientCertificate });
  };

describe('the client certificate of a stage, where the listener requires one', () => {
  checkTable(targetCertificate, {
    'the stage has none': [
      rest(required({})),
      'error STAGE_WITHOUT_CERTIFICATE',
      { says: 'the stage prod presents none', evidence: LISTENER },
    ],
    'the stage does not exist': [
      rest(required({}), { 'integration.gateway': { restApi: 'api-1', stage: 'beta' } }),
      'error STAGE_WITHOUT_CERTIFICATE',
      'the stage beta presents none',
    ],
    'the stage has none, and the spec declares one': [
      rest(required({}), { 'integration.stageSettings': { clientCertificate: 'ab12cd' } }),
      'unknown warning TRUST_NOT_READ',
      'accepts the client certificate ab12cd',
    ],
    'the stage does not exist, and the spec declares one': [
      rest(required({}), {
        'integration.gateway': { restApi: 'api-1', stage: 'beta' },
        'integration.stageSettings': { clientCertificate: 'ab12cd' },
      }),
      'unknown warning TRUST_NOT_READ',
    ],
    'the stage has one: what the trust store contains cannot be read': [
      rest(required({ id: 'ab12cd', notAfter: '2030-01-01T00:00:00Z' })),
      'unknown warning TRUST_NOT_READ',
      { says: 'accepts the client certificate ab12cd', remedy: 'trust store contains the client certificate ab12cd' },
    ],
    'it was not read': [rest(required(undefined)), 'unknown STAGES_NOT_READ', 'client certificates of the stages'],
    'a WebSocket API has one': [aws(useWebSocketApi, required({ id: 'ab12cd' })), 'unknown TRUST_NOT_READ', 'ab12cd'],
    'it ends soon': [
      rest(required({ id: 'ab12cd', notAfter: '2026-06-20T00:00:00Z' })),
      'warning CLIENT_CERTIFICATE_EXPIRES',
      { says: 'expires on 2026-06-20', evidence: 'ab12cd' },
    ],
    'its end could not be read': [
      rest(required({ id: 'ab12cd' }), (world) => world.withhold('certificates', 'apigateway:GET', 'ab12cd')),
      'unknown warning CLIENT_CERTIFICATE_END_NOT_READ',
      { says: 'ab12cd of the stage prod ends within 30 days', remedy: 'apigateway:GET' },
    ],
    'it has ended': [
      rest(required({ id: 'ab12cd', notAfter: '2020-06-20T00:00:00Z' })),
      'warning CLIENT_CERTIFICATE_EXPIRES',
      'expired on 2020-06-20',
    ],
    'the listener does not request it, so that its end does not matter': [
      rest(required({ id: 'ab12cd', notAfter: '2020-06-20T00:00:00Z' }, 'none')),
      'pass COVERED',
    ],
  });
});
