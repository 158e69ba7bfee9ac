import { balancerLink, integration, spec, type Specs } from './lines.js';

const chat = (routes: string, target = 'orders-nlb') =>
  integration('chat', 'eu', routes, { target, gateway: 'socket' });

/** WebSocket APIs, which use links V1 only. */
export const WEB_SOCKET_API: Specs = {
  'WebSocket API': [spec([balancerLink('eu', 'orders-nlb')], [chat('$connect: t, send: t')])],
  'WebSocket API: add a route': [
    spec([balancerLink('eu', 'orders-nlb')], [chat('send: t')]),
    spec([balancerLink('eu', 'orders-nlb')], [chat('send: t, $disconnect: t')]),
  ],
  'WebSocket API: replace a link': [
    spec([balancerLink('eu', 'orders-nlb')], [chat('send: t')]),
    spec([balancerLink('eu', 'bills-nlb')], [chat('send: t', 'bills-nlb')]),
  ],
};
