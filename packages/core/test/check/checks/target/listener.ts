import { edit } from '../edits.js';

export const listener = (changes: object) => edit({ 'listeners.orders-alb': changes });
