import { NOWHERE } from '../../../simulation/traffic/gateway-call.js';
import type { RestView } from '../api-view.js';
import type { Front } from '../front.js';

/** What a REST API does with a call. */
export const restApi: Front<RestView> = (_ground, { fields }) => ({
  answer: {
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Forbidden"}',
    outcome: 'no-stage',
    trace: { ...NOWHERE, gateway: fields.id },
  },
});
