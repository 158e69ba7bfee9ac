import type { World } from '../world.js';

export const group = ({ the }: World) => the('gateways', 'group-1');

export const managed = { project: 'shop', spec: 'shop', integration: 'orders' };
