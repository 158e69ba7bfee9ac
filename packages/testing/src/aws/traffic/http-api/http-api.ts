import { NOWHERE } from '../../../simulation/traffic/gateway-call.js';
import type { ApiView } from '../api-view.js';
import type { Front } from '../front.js';

/** What an HTTP API does with a call. */
export const httpApi: Front<ApiView> = (_ground, { fields }) => ({
  answer: {
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Not Found"}',
    outcome: 'no-route',
    trace: { ...NOWHERE, gateway: fields.ApiId },
  },
});
