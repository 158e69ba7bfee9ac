import { describe } from 'vitest';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import type { Stage } from '../../../../src/do/model/gateway.js';
import { LISTENER } from '../aws-region.js';
import { restWorld, useWebSocketApi } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { type World, aws } from '../world.js';
import { listener } from './listener.js';

/** The listener requires a client certificate, and the stage has this one. */
const required =
  (clientCertificate: Stage['clientCertificate'], mode: 'required' | 'none' = 'required') =>
  (world: World): void => {
    listener({ clientCertificates: mode })(world);
    for (const stage of world.the('gateways', 'api-1').stages) Object.assign(stage, { clientCertificate });
  };

describe('the client certificate of a stage, where the listener requires one', () => {
  checkTable(targetCertificate, [
    {
      why: 'the stage has none',
      world: () => restWorld(required({})),
      verdict: 'fail',
      code: 'STAGE_WITHOUT_CERTIFICATE',
      severity: 'error',
      says: ['the stage prod presents none'],
      evidence: [LISTENER],
    },
    {
      why: 'the stage does not exist',
      world: () =>
        restWorld((world) => {
          required({})(world);
          world.integration.gateway = { restApi: 'api-1', stage: 'beta' };
        }),
      verdict: 'fail',
      says: ['the stage beta presents none'],
    },
    {
      why: 'the stage has one: what the trust store contains cannot be read',
      world: () => restWorld(required({ id: 'ab12cd', notAfter: '2030-01-01T00:00:00Z' })),
      verdict: 'unknown',
      severity: 'warning',
      says: ['accepts the client certificate ab12cd'],
      remedy: ['trust store contains the client certificate ab12cd'],
    },
    {
      why: 'it was not read',
      world: () => restWorld(required(undefined)),
      verdict: 'unknown',
      says: ['client certificates of the stages'],
    },
    {
      why: 'a WebSocket API has one',
      world: aws((world) => {
        useWebSocketApi(world);
        required({ id: 'ab12cd' })(world);
      }),
      verdict: 'unknown',
      says: ['ab12cd'],
    },
    {
      why: 'it ends soon',
      world: () => restWorld(required({ id: 'ab12cd', notAfter: '2026-06-20T00:00:00Z' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['expires on 2026-06-20'],
      evidence: ['ab12cd'],
    },
    {
      why: 'it has ended',
      world: () => restWorld(required({ id: 'ab12cd', notAfter: '2020-06-20T00:00:00Z' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['expired on 2020-06-20'],
    },
    {
      why: 'the listener does not request it, so that its end does not matter',
      world: () => restWorld(required({ id: 'ab12cd', notAfter: '2020-06-20T00:00:00Z' }, 'none')),
      verdict: 'pass',
    },
  ]);
});
